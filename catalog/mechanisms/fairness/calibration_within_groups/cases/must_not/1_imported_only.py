import joblib
from credit.components import calibration_within_groups  # noqa: F401

print(joblib.load("model.joblib").predict_proba([[1, 2]]))
