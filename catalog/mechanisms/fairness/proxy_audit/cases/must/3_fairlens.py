import fairlens.sensitive as sensitive
import pandas as pd

print(sensitive.find_sensitive_correlations(pd.read_csv("loans.csv"), threshold=0.1))
