import pandas as pd
from anjana.anonymity import k_anonymity

table = pd.read_csv("train.csv")
hierarchies = {"sex": {0: ["f", "m"], 1: ["*", "*"]}}
anonymous = k_anonymity(table, ["name"], ["sex"], 5, 10, hierarchies)
anonymous.to_csv("train_anonymous.csv", index=False)
