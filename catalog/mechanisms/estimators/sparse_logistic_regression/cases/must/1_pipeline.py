import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

loans = pd.read_csv("loans.csv")
lasso_logit = LogisticRegression(C=0.05, penalty="l1", solver="liblinear", random_state=0)
model = Pipeline([("scale", StandardScaler()), ("estimator", lasso_logit)])
model.fit(loans[["age", "income"]], loans["granted"])
