import pandas as pd
from sklearn.linear_model import LogisticRegression  # noqa: F401
from sklearn.ensemble import RandomForestClassifier

table = pd.read_csv("loans.csv")
model = RandomForestClassifier(random_state=0).fit(table[["age", "income"]], table["granted"])
