from skbio.diversity import alpha_diversity

print(alpha_diversity("shannon", [[1, 2, 3], [4, 0, 0]], ids=["a", "b"]))
