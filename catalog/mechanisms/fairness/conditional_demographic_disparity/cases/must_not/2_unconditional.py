import pandas as pd
from smclarify.bias.metrics import DPL

table = pd.read_csv("decisions.csv")
print(DPL(table["sex"], table["sex"] == "f", table["granted"] == 1))
