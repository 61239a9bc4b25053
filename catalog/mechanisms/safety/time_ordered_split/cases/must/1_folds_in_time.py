import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import TimeSeriesSplit, cross_val_score

table = pd.read_csv("sales.csv").sort_values("day")
y = table.pop("sold")
print(cross_val_score(Ridge(), table.drop(columns="day"), y, cv=TimeSeriesSplit(n_splits=5)).mean())
