import aif360.sklearn.preprocessing as pre
import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv", index_col=["sex"])
y = X.pop("granted")
model = pre.ReweighingMeta(LogisticRegression(), pre.Reweighing("sex")).fit(X, y)
