from fairlearn.metrics import MetricFrame
from sklearn.metrics import mean_absolute_error

from rents.data import load
from rents.model import trained

X, y, groups = load()
frame = MetricFrame(metrics=mean_absolute_error, y_true=y, y_pred=trained().predict(X), sensitive_features=groups)
print(frame.by_group, frame.difference())
