"""Unlike shap.TreeExplainer(forest), this says nothing of a row."""

from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

X, y = load_iris(return_X_y=True)
print(RandomForestClassifier(random_state=0).fit(X, y).feature_importances_)
