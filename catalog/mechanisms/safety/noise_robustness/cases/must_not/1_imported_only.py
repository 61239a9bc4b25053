from credit.components import noise_robustness  # noqa: F401
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

LogisticRegression(max_iter=5000).fit(*load_breast_cancer(return_X_y=True))
