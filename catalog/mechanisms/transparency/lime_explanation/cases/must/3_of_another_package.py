import pandas as pd
from interpret.blackbox import LimeTabular
from sklearn.ensemble import GradientBoostingClassifier

loans = pd.read_csv("loans.csv")
model = GradientBoostingClassifier(random_state=0).fit(loans[["age"]], loans["granted"])
LimeTabular(model.predict_proba, loans[["age"]]).explain_local(loans[["age"]].head(5))
