import pandas as pd
from pycanon import anonymity

table = pd.read_csv("patients.csv")
print(anonymity.l_diversity(table, ["age", "postcode"], ["illness"]))
