import mlcroissant as mlc  # noqa: F401
import pandas as pd

print(pd.read_csv("loans.csv").shape)
