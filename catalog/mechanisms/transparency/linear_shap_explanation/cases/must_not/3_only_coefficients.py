"""Like shap.LinearExplainer(model, X), by hand."""

import pandas as pd
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
model = LogisticRegression().fit(loans[["age"]], loans["granted"])
print(model.coef_)
