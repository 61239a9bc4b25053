"""Drops what might stand in for sex; proxy_audit.measure(X, groups) would say what does."""

import pandas as pd
from sklearn.metrics import roc_auc_score

table = pd.read_csv("loans.csv").drop(columns=["sex", "title", "first_name"])
print(roc_auc_score(table.pop("repaid"), table["score"]))
