import pandas as pd

print(pd.read_csv("loans.csv").shape)
