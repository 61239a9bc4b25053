import pandas as pd
from smclarify.bias.metrics import CDDPL  # noqa: F401

table = pd.read_csv("decisions.csv")
print(table.groupby("sex")["granted"].mean())
