"""The label is coded elsewhere; see binary_labels.coded(table, target, favourable)."""

import pandas as pd
from sklearn.preprocessing import Binarizer

table = pd.read_csv("loans.csv")
rich = Binarizer(threshold=50_000).fit_transform(table[["income"]])
