import pandas as pd
from sklearn.impute import SimpleImputer

# missingno.matrix would show what is filled here.
print(SimpleImputer().fit_transform(pd.read_csv("credit.csv")[["age"]]))
