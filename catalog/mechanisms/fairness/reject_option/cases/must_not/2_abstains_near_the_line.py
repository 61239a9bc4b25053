import joblib
import numpy as np
import pandas as pd

X = pd.read_csv("new.csv")
said = joblib.load("model.joblib").predict_proba(X)[:, 1]
print(np.where(abs(said - 0.5) < 0.1, "to a person", said > 0.5))
