import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

X = pd.read_csv("train.csv")
GradientBoostingClassifier(loss="exponential").fit(X, X.pop("granted"))
