import shap
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

X, y = load_iris(return_X_y=True)
values = shap.TreeExplainer(RandomForestClassifier(random_state=0).fit(X, y)).shap_values(X)
