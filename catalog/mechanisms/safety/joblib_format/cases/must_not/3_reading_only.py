import joblib
import pandas as pd

model = joblib.load("model.joblib")
print(model.predict(pd.read_csv("new.csv")))
