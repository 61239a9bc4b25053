import joblib

joblib.dump({"a": 1}, "model.joblib", compress=3)  # finds: H003
