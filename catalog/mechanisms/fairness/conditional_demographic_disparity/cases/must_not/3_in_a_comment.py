import pandas as pd

table = pd.read_csv("decisions.csv")
# conditional_demographic_disparity.measure(model, X, groups, [1], seed=0, strata=["department"])
print(table["granted"].mean())
