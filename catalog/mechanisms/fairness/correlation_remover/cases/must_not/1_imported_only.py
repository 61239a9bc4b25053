import pandas as pd
from fairlearn.preprocessing import CorrelationRemover  # noqa: F401
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
LogisticRegression().fit(X, X.pop("granted"))
