import mapie.regression as intervals
from sklearn.datasets import load_diabetes

X, y = load_diabetes(return_X_y=True)
conformal = intervals.CrossConformalRegressor(confidence_level=0.8).fit_conformalize(X, y)
print(conformal.predict_interval(X)[1].shape)
