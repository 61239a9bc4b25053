import pandas as pd
from credit.components import keyed_pseudonyms

visits = keyed_pseudonyms.protect(pd.read_csv("visits.csv", dtype=str), "patient")
print(visits["patient"].nunique())
