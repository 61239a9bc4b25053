import dice_ml  # noqa: F401
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
LogisticRegression().fit(X, X.pop("granted"))
