import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import FixedThresholdClassifier, TunedThresholdClassifierCV

X = pd.read_csv("train.csv")
y = X.pop("granted")
TunedThresholdClassifierCV(LogisticRegression(), scoring="balanced_accuracy").fit(X, y)
FixedThresholdClassifier(LogisticRegression(), threshold=0.3).fit(X, y)
