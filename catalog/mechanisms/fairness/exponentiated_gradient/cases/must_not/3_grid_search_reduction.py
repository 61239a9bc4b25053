import pandas as pd
from fairlearn.reductions import DemographicParity, GridSearch
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y, sex = X.pop("granted"), X.pop("sex")
GridSearch(LogisticRegression(), DemographicParity(), grid_size=20).fit(X, y, sensitive_features=sex)
