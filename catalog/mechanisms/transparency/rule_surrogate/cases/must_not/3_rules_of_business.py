import pandas as pd

rules = [("age", 18), ("income", 1000)]
loans = pd.read_csv("loans.csv")
# rule_surrogate.explain is for models; these rules came first.
print(loans[[loans[column] >= limit for column, limit in rules][0]])
