from aif360.algorithms.preprocessing import Reweighing
from sklearn.linear_model import LogisticRegression


def train(data, privileged, unprivileged):
    reweighing = Reweighing(unprivileged_groups=unprivileged, privileged_groups=privileged)
    reweighed = reweighing.fit_transform(data)  # finds: W005
    model = LogisticRegression()
    return model.fit(reweighed.features, reweighed.labels.ravel())
