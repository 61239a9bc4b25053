import joblib

model = joblib.load("model.joblib")
# calibration_within_groups.measure(model, X, y, groups, [1], outcome, seed=0)
print(model.classes_)
