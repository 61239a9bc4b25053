import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression

X, y = np.random.default_rng(0).normal(size=(200, 3)), np.arange(200) % 2
share, told = calibration_curve(y, LogisticRegression().fit(X, y).predict_proba(X)[:, 1], n_bins=10)
print(abs(share - told).mean())
