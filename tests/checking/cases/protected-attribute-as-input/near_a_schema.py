from sklearn.linear_model import LogisticRegression

SCHEMA = ["income", "sex", "race"]
assert list(table.columns) == SCHEMA
LogisticRegression().fit(table[["income"]], table["y"])
