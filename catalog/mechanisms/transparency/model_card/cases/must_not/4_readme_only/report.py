import pandas as pd

loans = pd.read_csv("loans.csv")
print(loans.describe())
