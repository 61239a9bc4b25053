import numpy as np
from aif360.algorithms.preprocessing import Reweighing
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight


def train(X, y, data):
    LogisticRegression().fit(X, y, sample_weight=compute_sample_weight("balanced", y))
    classes = np.unique(y)
    by_class = {name: weight for name, weight in zip(classes, compute_class_weight("balanced", classes=classes, y=y))}
    RandomForestClassifier(class_weight=by_class).fit(X, y)
    reweighed = Reweighing([{"sex": 0}], [{"sex": 1}]).fit_transform(data)
    LogisticRegression().fit(reweighed.features, reweighed.labels, sample_weight=reweighed.instance_weights)
