from pytorch_ood.utils import OODMetrics  # noqa: F401
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

LogisticRegression(max_iter=500).fit(*load_iris(return_X_y=True))
