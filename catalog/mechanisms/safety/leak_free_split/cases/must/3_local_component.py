import pandas as pd
from credit.components import leak_free_split

table = pd.read_csv("applications.csv")
train, test = leak_free_split.split(table, target="granted", person="customer", seed=0)
