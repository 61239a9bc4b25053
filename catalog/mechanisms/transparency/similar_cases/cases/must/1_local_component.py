import pandas as pd
from credit.components import similar_cases

X_train = pd.read_csv("train.csv")
positions, distances = similar_cases.nearest(pd.read_csv("today.csv"), X_train, cases=3)
print(X_train.iloc[positions[0]])
