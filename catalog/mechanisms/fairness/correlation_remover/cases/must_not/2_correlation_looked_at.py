import pandas as pd

X = pd.read_csv("train.csv")
print(X.corr()["sex"].abs().sort_values())
