import pandas as pd

table = pd.read_csv("sales.csv")
table["day"] = pd.to_datetime(table["day"], format="%Y-%m-%d")
table.sort_values("day").plot(x="day", y="sold")
year, month, day = "2026-01-31".split("-")
