import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import cross_val_score

loans = pd.read_csv("loans.csv")
model = HistGradientBoostingClassifier(max_iter=200, random_state=0)
print(cross_val_score(model, loans[["age", "income"]], loans["granted"]))
