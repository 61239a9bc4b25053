import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, precision_score

table = pd.read_csv("applications.csv")
X, y = table[["age", "income"]], table["granted"]
predicted = LogisticRegression().fit(X, y).predict(X)
print(accuracy_score(y, predicted), precision_score(y, predicted))
