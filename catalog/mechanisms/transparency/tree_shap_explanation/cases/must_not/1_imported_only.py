from shap import TreeExplainer  # noqa: F401
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance

X, y = load_iris(return_X_y=True)
permutation_importance(RandomForestClassifier(random_state=0).fit(X, y), X, y, random_state=0)
