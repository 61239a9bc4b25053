import pandas as pd

table = pd.read_csv("days.csv").sort_values("day")
size = int(len(table) * 0.8)
train, test = table[:size], table[size:]
