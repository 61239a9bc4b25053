import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

loans = pd.read_csv("loans.csv")
HistGradientBoostingClassifier(random_state=0).fit(loans[["age", "income"]], loans["granted"])
