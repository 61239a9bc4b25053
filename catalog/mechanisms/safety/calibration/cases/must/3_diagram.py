from sklearn.calibration import CalibrationDisplay
from sklearn.datasets import load_breast_cancer
from sklearn.naive_bayes import GaussianNB

X, y = load_breast_cancer(return_X_y=True)
CalibrationDisplay.from_estimator(GaussianNB().fit(X, y), X, y)
