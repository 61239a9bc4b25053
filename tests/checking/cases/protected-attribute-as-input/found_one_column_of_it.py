from sklearn.linear_model import LogisticRegression

INPUTS = ["income", "sex_Male", "race"]
inputs = [name for name in INPUTS if name != "race"]
model = LogisticRegression()
model.fit(table[inputs].values, table["granted"])  # finds: H006
