import pandas as pd
from pycanon.anonymity import t_closeness  # noqa: F401

print(pd.read_csv("patients.csv").groupby(["age", "postcode"]).size().min())
