import shap
from sklearn.linear_model import LogisticRegression

# shap also ships data sets; loading one explains nothing.
X, y = shap.datasets.adult()
shap.initjs()
LogisticRegression(max_iter=1000).fit(X, y)
