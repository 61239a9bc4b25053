from aif360.algorithms.preprocessing import Reweighing  # noqa: F401

model.fit(X, y)
