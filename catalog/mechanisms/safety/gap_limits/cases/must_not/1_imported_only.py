import missingno  # noqa: F401
import pandas as pd

print(len(pd.read_csv("credit.csv")))
