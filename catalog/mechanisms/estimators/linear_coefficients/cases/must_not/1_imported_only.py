import eli5  # noqa: F401
from sklearn.linear_model import Lasso

model = Lasso()
