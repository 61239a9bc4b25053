import pandas as pd

# dates_as_numbers.columns(dates, day) would go here
table = pd.read_csv("loans.csv", parse_dates=["signed"])
table = table.sort_values("signed").drop(columns="signed")
