from fairlearn.metrics import MetricFrame  # noqa: F401
from sklearn.metrics import accuracy_score

print(accuracy_score(y, p))
