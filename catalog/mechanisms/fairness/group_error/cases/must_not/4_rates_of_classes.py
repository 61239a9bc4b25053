from fairlearn.metrics import MetricFrame, selection_rate

from credit.data import load
from credit.model import trained

X, y, groups = load()
frame = MetricFrame(metrics=selection_rate, y_true=y, y_pred=trained().predict(X), sensitive_features=groups)
