import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupShuffleSplit

table = pd.read_csv("visits.csv")
X, y, patient = table[["age", "pressure"]], table["ill"], table["patient"]
train, test = next(GroupShuffleSplit(n_splits=1, test_size=0.3, random_state=0).split(X, y, groups=patient))
model = LogisticRegression().fit(X.iloc[train], y.iloc[train])
print(model.score(X.iloc[test], y.iloc[test]))
