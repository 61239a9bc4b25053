import pandas as pd
from pycanon import anonymity

table = pd.read_csv("train.csv")
print(anonymity.k_anonymity(table, ["age", "town"]))
