import pandas as pd
from lime.lime_tabular import LimeTabularExplainer  # noqa: F401
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
model = LogisticRegression().fit(loans[["age"]], loans["granted"])
permutation_importance(model, loans[["age"]], loans["granted"], random_state=0)
