from imblearn.over_sampling import RandomOverSampler
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold


def scores(X, y):
    for train, test in StratifiedKFold(5).split(X, y):
        X_more, y_more = RandomOverSampler().fit_resample(X[train], y[train])
        yield LogisticRegression().fit(X_more, y_more).score(X[test], y[test])
