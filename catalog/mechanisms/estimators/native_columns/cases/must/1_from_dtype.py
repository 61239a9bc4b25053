import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

loans = pd.read_csv("loans.csv").astype({"housing": "category"})
model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
model.fit(loans.drop(columns="granted"), loans["granted"])
