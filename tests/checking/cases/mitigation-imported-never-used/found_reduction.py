import pandas as pd
from fairlearn.reductions import DemographicParity, ExponentiatedGradient  # finds: W004
from sklearn.linear_model import LogisticRegression

table = pd.read_csv("people.csv")
model = LogisticRegression().fit(table.drop(columns="granted"), table["granted"])
# model = ExponentiatedGradient(model, DemographicParity())
