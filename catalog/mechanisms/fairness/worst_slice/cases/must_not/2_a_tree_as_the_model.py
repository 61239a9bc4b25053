import pandas as pd
from sklearn.tree import DecisionTreeRegressor, export_text

X = pd.read_csv("train.csv")
tree = DecisionTreeRegressor(max_depth=3, min_samples_leaf=50).fit(X, X.pop("amount"))
print(export_text(tree))
