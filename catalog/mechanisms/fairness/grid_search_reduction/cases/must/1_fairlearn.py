import pandas as pd
from fairlearn.reductions import DemographicParity, GridSearch
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
GridSearch(LogisticRegression(), constraints=DemographicParity(), grid_size=30).fit(X, y, sensitive_features=X["sex"])
