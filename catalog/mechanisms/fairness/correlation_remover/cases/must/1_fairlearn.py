import pandas as pd
from fairlearn.preprocessing import CorrelationRemover
from sklearn.linear_model import LogisticRegression

X = pd.read_csv("train.csv")
y = X.pop("granted")
LogisticRegression().fit(CorrelationRemover(sensitive_feature_ids=["sex"]).fit_transform(X), y)
