import pandas as pd
from sklearn.tree import DecisionTreeClassifier, export_text

X = pd.read_csv("train.csv")
print(export_text(DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, X.pop("granted"))))
