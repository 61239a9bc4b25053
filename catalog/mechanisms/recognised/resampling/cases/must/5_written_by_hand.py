import numpy as np


def resample_dataset(X, y):
    rare = y[y == 1].index
    common = np.random.default_rng(0).choice(y[y == 0].index, size=len(rare))
    return X.loc[rare.union(common)], y.loc[rare.union(common)]


X_even, y_even = resample_dataset(X_train, y_train)
