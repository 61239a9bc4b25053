import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

loans = pd.read_csv("loans.csv")
ebm = ExplainableBoostingClassifier(random_state=0).fit(loans.drop(columns="granted"), loans["granted"])
print(ebm.predict(loans.drop(columns="granted")).mean())
