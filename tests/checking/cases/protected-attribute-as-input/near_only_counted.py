from sklearn.linear_model import LogisticRegression

print(table[["sex", "race"]].value_counts())
LogisticRegression().fit(table[["income", "debt"]], table["y"])
