"""Not stored: joblib.dump(model, path) would write a pickle."""
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
model = LogisticRegression().fit(X, X.pop("granted"))
# joblib.dump(model, "model.joblib")
