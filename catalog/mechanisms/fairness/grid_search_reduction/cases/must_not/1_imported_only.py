import pandas as pd
from fairlearn.reductions import GridSearch  # noqa: F401
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
LogisticRegression().fit(X, X.pop("granted"))
