import eli5
from sklearn.linear_model import LogisticRegression


def told(X, y):
    return eli5.explain_weights(LogisticRegression().fit(X, y))


told(None, None)
