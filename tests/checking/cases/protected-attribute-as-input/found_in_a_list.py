import pandas as pd
from sklearn.linear_model import LogisticRegression

table = pd.read_csv("people.csv")
X = table[["income", "gender"]]  # finds: H006
model = LogisticRegression().fit(X, table["granted"])
