import pandas as pd
from sklearn.linear_model import LogisticRegression

claims = pd.read_csv("claims.csv")
print(LogisticRegression().fit(claims[["amount"]], claims["paid"]).coef_)
