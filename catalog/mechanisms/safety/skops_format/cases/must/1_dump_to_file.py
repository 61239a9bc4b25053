import pandas as pd
import skops.io as sio
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
model = LogisticRegression().fit(X, X.pop("granted"))
sio.dump(model, "model.skops")
