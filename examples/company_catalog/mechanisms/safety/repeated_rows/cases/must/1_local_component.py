import pandas as pd
from loans.components import repeated_rows

table = pd.read_csv("loans.csv")
print(repeated_rows.check(table, largest_share=0.25)["because"])
