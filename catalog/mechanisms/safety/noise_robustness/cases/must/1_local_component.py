import joblib
import pandas as pd
from credit import settings
from credit.components import noise_robustness

model = joblib.load("model.joblib")
X = pd.read_csv("test.csv")
y = X.pop(settings.TARGET)
print(noise_robustness.measure(model, X, y, settings.NUMERIC, settings.CATEGORICAL, seed=0)["because"])
