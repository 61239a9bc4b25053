from sklearn import inspection as looking
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression


def importances(model, X, y):
    return looking.permutation_importance(model, X, y)


X, y = load_iris(return_X_y=True)
print(importances(LogisticRegression().fit(X, y), X, y))
