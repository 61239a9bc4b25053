"""Calls fairlearn.metrics.MetricFrame(metrics=..., sensitive_features=sex) some day."""
# MetricFrame(metrics=m)
score = 1
