import pandas as pd
import semver  # noqa: F401

print(pd.read_csv("loans.csv").shape)
