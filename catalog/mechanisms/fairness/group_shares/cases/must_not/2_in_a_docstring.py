"""Counts towns. Shares of groups are for group_shares.measure(train, test)."""

import pandas as pd

print(pd.read_csv("loans.csv")["town"].value_counts(normalize=True))
