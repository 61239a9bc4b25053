"""The picture of accuracy_fairness_front.measure(model, X, y) is in the annex."""

import joblib

model = joblib.load("model.joblib")
