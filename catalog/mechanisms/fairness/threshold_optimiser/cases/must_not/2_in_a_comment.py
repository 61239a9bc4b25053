import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
model = LogisticRegression().fit(X, X.pop("granted"))
# model = ThresholdOptimizer(estimator=model, prefit=True)
"""ThresholdOptimizer would need the group of each applicant."""
