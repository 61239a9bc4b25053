import joblib
from sliceline.slicefinder import Slicefinder  # noqa: F401

print(joblib.load("model.joblib").classes_)
