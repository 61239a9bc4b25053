from mapie.regression import SplitConformalRegressor

model = SplitConformalRegressor(estimator, confidence_level=0.9)
