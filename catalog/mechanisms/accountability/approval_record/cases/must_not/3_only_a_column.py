import pandas as pd

loans = pd.read_csv("loans.csv")
# Loans are approved here, not models.
print(loans["approved"].mean())
