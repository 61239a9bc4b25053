import pandas as pd

table = pd.read_csv("days.csv")
X_train = table[table["day"] < "2024-01-01"]
X_valid = table[table["day"] >= "2024-01-01"]
