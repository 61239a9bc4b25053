from fairlearn.metrics import MetricFrame  # noqa: F401
from sklearn.metrics import mean_absolute_error

from rents.data import load
from rents.model import trained

X, y, groups = load()
print(mean_absolute_error(y, trained().predict(X)), groups.value_counts())
