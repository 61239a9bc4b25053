import joblib
from sigstore.verify import Verifier  # noqa: F401

print(joblib.load("model.joblib").predict([[1.0, 2.0]]))
