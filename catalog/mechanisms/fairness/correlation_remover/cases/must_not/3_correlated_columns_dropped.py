import pandas as pd
from feature_engine.selection import DropCorrelatedFeatures

X = pd.read_csv("train.csv")
print(DropCorrelatedFeatures(threshold=0.8).fit_transform(X).columns)
