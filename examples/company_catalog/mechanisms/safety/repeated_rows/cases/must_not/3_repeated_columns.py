import pandas as pd

table = pd.read_csv("loans.csv")
table = table.loc[:, ~table.columns.duplicated()]
