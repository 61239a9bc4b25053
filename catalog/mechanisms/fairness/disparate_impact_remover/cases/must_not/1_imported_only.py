import pandas as pd
from aif360.algorithms.preprocessing import DisparateImpactRemover  # noqa: F401

print(pd.read_csv("train.csv").describe())
