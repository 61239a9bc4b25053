from aif360.algorithms.preprocessing import Reweighing


def _mitigated(data):
    return Reweighing(u, p).fit_transform(data)


model.fit(X, y)
