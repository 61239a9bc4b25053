import numpy as np
import sklearn.model_selection as selection
from sklearn.linear_model import Ridge

X, y = np.load("x.npy"), np.load("y.npy")
for train, test in selection.TimeSeriesSplit(gap=7).split(X):
    print(Ridge().fit(X[train], y[train]).score(X[test], y[test]))
