from sklearn.metrics import f1_score

SMALLEST_F1 = 0.8
assert f1_score([0, 1, 1], [0, 1, 1]) >= SMALLEST_F1
