import pandas as pd
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder  # noqa: F401

loans = pd.read_csv("loans.csv")
loans["housing"] = OrdinalEncoder().fit_transform(loans[["housing"]])
