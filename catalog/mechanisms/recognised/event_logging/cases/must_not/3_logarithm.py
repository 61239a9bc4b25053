import numpy as np

X = np.log(X)
log = np.log1p(X)
