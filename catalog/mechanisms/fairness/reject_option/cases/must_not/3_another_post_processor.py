import pandas as pd
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y, sex = X.pop("granted"), X.pop("sex")
ThresholdOptimizer(estimator=LogisticRegression()).fit(X, y, sensitive_features=sex)
