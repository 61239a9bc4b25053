import joblib
import pandas as pd
from credit import settings
from credit.components.onnx_export import export

path = settings.MODELS / "model.joblib"
print(export(joblib.load(path), path, pd.read_csv("test.csv"), settings.NUMERIC, settings.CATEGORICAL)["because"])
