import pandas as pd

# group_mean_alignment.align(model, groups) would move them together
table = pd.read_csv("predicted.csv")
print(table.groupby("sex")["rent"].mean().align(table.groupby("town")["rent"].mean()))
