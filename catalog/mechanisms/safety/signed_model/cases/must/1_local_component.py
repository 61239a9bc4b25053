import joblib
from credit import settings
from credit.components import signed_model

path = settings.MODELS / "model.joblib"
signed_model.check(path, settings.ROOT)
print(joblib.load(path).predict([[1.0, 2.0]]))
