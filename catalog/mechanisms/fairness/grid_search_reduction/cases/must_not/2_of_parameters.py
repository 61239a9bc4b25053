import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

X = pd.read_csv("train.csv")
GridSearchCV(LogisticRegression(), {"C": [0.1, 1, 10]}).fit(X, X.pop("granted"))
