import fairlearn.metrics as fm
import joblib
import pandas as pd

model = joblib.load("model.joblib")
table = pd.read_csv("test.csv")
gap = fm.demographic_parity_difference(
    table["granted"], model.predict(table.drop(columns="granted")), sensitive_features=table["sex"]
)
print(f"{gap:.3f}")
