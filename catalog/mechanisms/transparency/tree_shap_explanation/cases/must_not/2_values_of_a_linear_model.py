import shap
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
values = shap.LinearExplainer(LogisticRegression(max_iter=1000).fit(X, y), X).shap_values(X)
