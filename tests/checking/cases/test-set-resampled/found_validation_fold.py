from imblearn.combine import SMOTEENN
from sklearn.model_selection import KFold

for train, val in KFold(5).split(X):
    X_train, y_train = X[train], y[train]
    X_val, y_val = SMOTEENN().fit_resample(X[val], y[val])  # finds: W007
