import interpret.glassbox as gb
import pandas as pd

loans = pd.read_csv("loans.csv")
X, y = loans.drop(columns="granted"), loans["granted"]
machine = gb.ExplainableBoostingClassifier(interactions=0)
machine.fit(X, y)
reasons = machine.explain_local(X.head(3), y.head(3))
