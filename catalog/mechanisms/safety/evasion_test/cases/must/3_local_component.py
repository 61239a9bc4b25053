import joblib
import pandas as pd
from credit import settings
from credit.components import evasion_test

X = pd.read_csv("test.csv")
y = X.pop(settings.TARGET)
print(evasion_test.measure(joblib.load("model.joblib"), X, y, settings.NUMERIC, seed=0)["because"])
