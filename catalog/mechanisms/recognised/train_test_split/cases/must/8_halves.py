import numpy as np

order = np.random.default_rng(0).permutation(len(others))
half = len(others) // 2
val_rows = order[half:]
test_rows = order[:half]
