from aif360.algorithms.preprocessing import Reweighing
from fairlearn.reductions import DemographicParity, ExponentiatedGradient
from sklearn.linear_model import LogisticRegression


def train(X, y, groups):
    model = ExponentiatedGradient(LogisticRegression(), DemographicParity())
    return model.fit(X, y, sensitive_features=groups)


MITIGATIONS = {"reweighing": Reweighing}
