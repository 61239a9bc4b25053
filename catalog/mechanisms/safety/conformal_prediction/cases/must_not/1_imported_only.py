from mapie.regression import SplitConformalRegressor  # noqa: F401
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

print(Ridge().fit(*load_diabetes(return_X_y=True)).coef_)
