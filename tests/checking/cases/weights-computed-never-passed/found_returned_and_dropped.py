from sklearn.linear_model import LogisticRegression
from aif360.sklearn.preprocessing import Reweighing


def weigh(X, y):
    _, weights = Reweighing("sex").fit_transform(X, y)  # finds: W005
    return weights


def main(X, y):
    weights = weigh(X, y)
    return LogisticRegression().fit(X, y)


main([], [])
