import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklego.preprocessing import InformationFilter as Filter

X = pd.read_csv("train.csv")
make_pipeline(Filter(["sex"]), LogisticRegression()).fit(X, X["granted"])
