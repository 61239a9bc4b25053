"""Once a quarter: worst_slice.measure(model, X, y, numeric, categorical, seed=0), see the notebook."""

import joblib

print(joblib.load("model.joblib").classes_)
