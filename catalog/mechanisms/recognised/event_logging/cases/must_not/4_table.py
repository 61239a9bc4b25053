import pandas as pd

table = pd.read_csv("people.csv")
print(table.info())
