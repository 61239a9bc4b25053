import pandas as pd
from aif360.sklearn.metrics import disparate_impact_ratio

table = pd.read_csv("train.csv").set_index("sex", append=True)
print(disparate_impact_ratio(table["granted"], prot_attr="sex"))
