"""Train. A later step calls fairness_gate.decide(after, performance, "equalized_odds")."""
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
# verdict = credit.components.fairness_gate.decide(after, performance)
LogisticRegression().fit(X, X.pop("granted"))
