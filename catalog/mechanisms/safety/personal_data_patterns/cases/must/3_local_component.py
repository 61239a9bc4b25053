import pandas as pd
from credit.components import personal_data_patterns as patterns

assert patterns.check(pd.read_csv("loans.csv"))["holds"]
