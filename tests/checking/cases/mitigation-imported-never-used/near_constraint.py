"""A constraint of a reduction that is left over mitigates nothing, used or not; the reduction itself is in use."""

from fairlearn.reductions import DemographicParity, EqualizedOdds, ExponentiatedGradient
from sklearn.linear_model import LogisticRegression


def train(X, y, groups):
    model = ExponentiatedGradient(LogisticRegression(), DemographicParity())
    return model.fit(X, y, sensitive_features=groups)
