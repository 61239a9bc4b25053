"""The model passed counterfactual_flip_test.measure(model, X, y) last year."""

import joblib

model = joblib.load("model.joblib")
