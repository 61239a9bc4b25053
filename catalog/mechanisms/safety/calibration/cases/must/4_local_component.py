import joblib
import pandas as pd
from credit import settings
from credit.components import calibration

model = joblib.load("model.joblib")
X = pd.read_csv("test.csv")
y = X.pop(settings.TARGET)
print(calibration.measure(model, X, y, settings.OUTCOMES, settings.FIGURES, seed=0)["because"])
