import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

loans = pd.read_csv("loans.csv")
HistGradientBoostingRegressor(random_state=0).fit(loans[["age"]], loans["amount"])
