import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_validate

X = pd.read_csv("train.csv")
print(cross_validate(LogisticRegression(), X, X.pop("granted"), cv=10)["test_score"].std())
