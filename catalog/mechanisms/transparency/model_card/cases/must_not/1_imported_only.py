import pandas as pd
from skops.card import Card  # noqa: F401
from sklearn.linear_model import LogisticRegression

loans = pd.read_csv("loans.csv")
LogisticRegression().fit(loans[["income"]], loans["granted"])
