import pandas as pd
from fairlearn.metrics import demographic_parity_difference
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score

X = pd.read_csv("test.csv")
y, sex = X.pop("granted"), X["sex"] == "f"
said = LogisticRegression().fit(X, y).predict_proba(X)[:, 1] >= 0.4
print(balanced_accuracy_score(y, said), demographic_parity_difference(y, said, sensitive_features=sex))
