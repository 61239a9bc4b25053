import pandas as pd
from fairlearn.reductions import DemographicParity, ExponentiatedGradient
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
ExponentiatedGradient(LogisticRegression(), DemographicParity()).fit(X, y, sensitive_features=X["sex"])
