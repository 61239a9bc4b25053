from shap import LinearExplainer  # noqa: F401
from sklearn.datasets import load_iris
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
permutation_importance(LogisticRegression(max_iter=1000).fit(X, y), X, y, random_state=0)
