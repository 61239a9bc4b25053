import pandas as pd

table = pd.read_csv("credit.csv").dropna()
table.to_parquet("credit.parquet")
