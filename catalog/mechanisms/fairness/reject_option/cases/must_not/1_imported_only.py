import pandas as pd
from aif360.algorithms.postprocessing import RejectOptionClassification  # noqa: F401
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
LogisticRegression().fit(X, X.pop("granted"))
