import numpy as np
from sklearn import linear_model as lm
from sklearn.model_selection import StratifiedKFold

for train, test in StratifiedKFold(5).split(X, y):
    model = lm.LogisticRegression()
    model.fit(X[test], y[test])  # finds: W006
    print(np.mean(model.predict(X[train]) == y[train]))
