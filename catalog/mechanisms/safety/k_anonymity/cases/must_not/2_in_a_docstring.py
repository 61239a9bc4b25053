"""To do: k_anonymity(table, [], ["age", "town"], 5, 10, hierarchies) before training."""
import pandas as pd

# from anjana.anonymity import k_anonymity
# k_anonymity(table, [], ["age"], 5, 10, {})
table = pd.read_csv("train.csv").drop(columns="name")
