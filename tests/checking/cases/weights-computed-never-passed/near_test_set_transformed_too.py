"""The weights of the training set are passed; those of the transformed test set are needed by nobody."""

from aif360.algorithms.preprocessing import Reweighing
from sklearn.linear_model import LogisticRegression


def run(train, test, unprivileged, privileged):
    reweighing = Reweighing(unprivileged_groups=unprivileged, privileged_groups=privileged)
    reweighing.fit(train)
    weighted_train = reweighing.transform(train)
    weighted_test = reweighing.transform(test)

    model = LogisticRegression()
    model.fit(weighted_train.features, weighted_train.labels, sample_weight=weighted_train.instance_weights.ravel())
    return model.predict(weighted_test.features)
