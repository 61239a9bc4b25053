import numpy as np

X = X + np.random.default_rng(1).laplace(size=X.shape)
