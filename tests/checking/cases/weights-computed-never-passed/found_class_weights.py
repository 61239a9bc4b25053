import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.utils import class_weight


def train(X, y):
    classes = np.unique(y)
    values = class_weight.compute_class_weight("balanced", classes=classes, y=y)  # finds: W005
    by_class = dict(zip(classes, values))
    model = RandomForestClassifier()
    return model.fit(X, y)
