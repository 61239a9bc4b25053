import joblib
import pandas as pd
from sklearn.metrics import accuracy_score

model = joblib.load("model.joblib")
table = pd.read_csv("test.csv")
accuracy = accuracy_score(table.pop("granted"), model.predict(table))
if accuracy < 0.8:
    raise SystemExit(f"accuracy {accuracy:.2f} is too low")
