import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
# credit.components.extreme_rows.measure(model, X_train, X_test, y_test, ...) belongs here
LogisticRegression().fit(X, X.pop("granted"))
