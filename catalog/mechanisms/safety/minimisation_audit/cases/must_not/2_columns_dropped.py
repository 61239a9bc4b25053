import pandas as pd
from sklearn.linear_model import LogisticRegression

table = pd.read_csv("credit.csv").drop(columns=["shoe_size"])
LogisticRegression().fit(table.drop(columns=["repaid"]), table["repaid"])
