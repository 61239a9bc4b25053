import pandas as pd
from interpret import show
from interpret.glassbox import ExplainableBoostingClassifier

loans = pd.read_csv("loans.csv")
ebm = ExplainableBoostingClassifier(random_state=0)
ebm.fit(loans.drop(columns="granted"), loans["granted"])
show(ebm.explain_global(name="loans"))
