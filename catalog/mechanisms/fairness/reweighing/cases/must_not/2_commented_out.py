import pandas as pd
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
# from aif360.algorithms.preprocessing import Reweighing
# weights = Reweighing(X["sex"].to_numpy()).fit_transform(X, y)[1]
LogisticRegression().fit(X, y)
