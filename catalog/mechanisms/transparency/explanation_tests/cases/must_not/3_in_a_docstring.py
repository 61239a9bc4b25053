"""quantus.FaithfulnessCorrelation() is run by another job; explanation_tests.explain(model) as well."""
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
# credit.components.explanation_tests.explain(model, X, X, outcome, 0)
LogisticRegression().fit(X, X.pop("granted"))
