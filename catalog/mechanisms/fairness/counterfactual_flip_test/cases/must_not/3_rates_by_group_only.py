import pandas as pd
from fairlearn.metrics import demographic_parity_difference
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("test.csv")
y, sex = X.pop("granted"), X["sex"] == "f"
said = LogisticRegression().fit(X, y).predict(X)
print(demographic_parity_difference(y, said, sensitive_features=sex))
