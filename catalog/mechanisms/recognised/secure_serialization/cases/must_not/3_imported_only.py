import skops.io  # noqa: F401
import joblib

joblib.dump(model, 'model.joblib')
