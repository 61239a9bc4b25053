from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight


def fitted(X, y, weights=None):
    arguments = {"sample_weight": weights}
    return LogisticRegression().fit(X, y, **arguments)


def main(X, y):
    weights = compute_sample_weight("balanced", y)
    weights = weights / weights.mean()
    return fitted(X, y, weights)


class Weighted:
    def __init__(self, model, argument="model__sample_weight"):
        self.model = model
        self.argument = argument

    def fit(self, X, y):
        weights = compute_sample_weight("balanced", y)
        return self.model.fit(X, y, **{self.argument: weights})
