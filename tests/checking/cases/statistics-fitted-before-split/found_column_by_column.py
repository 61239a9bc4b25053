import pandas as pd
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
for column in ["age", "income"]:
    table[column] = StandardScaler().fit_transform(table[[column]])  # finds: W002
for train_rows, test_rows in KFold(5).split(table):
    train, test = table.iloc[train_rows], table.iloc[test_rows]
