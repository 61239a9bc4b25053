import pandas as pd
from anjana.anonymity import t_closeness

table = pd.read_csv("patients.csv")
print(t_closeness(table, ["name"], ["age", "postcode"], "illness", 5, 0.3, 50, {}))
