import pandas as pd

table = pd.read_csv("visits.csv")
print(table.groupby("patient")["pressure"].mean())
name, _, extension = "visits.csv".partition(".")
parts = "a,b".split(",")
