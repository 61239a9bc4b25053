"""Later: MetricFrame(metrics=selection_rate, ...) from fairlearn.metrics, by sex and race."""
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

X, y = load_breast_cancer(return_X_y=True)
# fairlearn.metrics.demographic_parity_difference(y, predicted, sensitive_features=sex)
LogisticRegression(max_iter=5000).fit(X, y)
