from sklearn.linear_model import LogisticRegression

table = table[["income", "sex", "granted"]]
LogisticRegression().fit(table[["income"]], table["granted"])
