import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

loans = pd.read_csv("loans.csv")
model = ExplainableBoostingClassifier(random_state=0)
model.fit(loans.drop(columns="granted"), loans["granted"])
