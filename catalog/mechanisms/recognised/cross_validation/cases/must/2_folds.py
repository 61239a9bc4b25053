from sklearn.model_selection import StratifiedKFold

for train, test in StratifiedKFold(5).split(X, y):
    model.fit(X[train], y[train])
