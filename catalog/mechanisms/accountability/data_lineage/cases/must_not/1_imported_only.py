import pandas as pd
from openlineage.client import OpenLineageClient  # noqa: F401

print(pd.read_csv("loans.csv").shape)
