from imblearn.under_sampling import RandomUnderSampler
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate


def scores(X, y):
    X, y = RandomUnderSampler(random_state=0).fit_resample(X, y)  # finds: W003
    return cross_validate(LogisticRegression(), X, y, cv=5)
