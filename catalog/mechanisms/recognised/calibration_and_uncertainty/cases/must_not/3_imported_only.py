from sklearn.calibration import CalibratedClassifierCV  # noqa: F401

model.fit(X, y)
