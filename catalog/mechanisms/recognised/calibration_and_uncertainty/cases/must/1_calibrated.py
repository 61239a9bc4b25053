from sklearn.calibration import CalibratedClassifierCV as Calibrated

model = Calibrated(estimator, method='isotonic').fit(X, y)
