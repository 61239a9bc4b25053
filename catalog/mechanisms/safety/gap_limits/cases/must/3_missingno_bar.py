import pandas as pd
from missingno import bar

table = pd.read_parquet("credit.parquet")
bar(table.sample(1000, random_state=0)).figure.savefig("gaps.png")
