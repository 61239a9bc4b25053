import joblib
import pandas as pd
from credit import records
from credit.components import outside_rows_refused

X = pd.read_csv("new.csv")
said = pd.Series(joblib.load(records.model_file()).predict(X), index=X.index)
print(outside_rows_refused.refuse(X, said, records.model_file()))
