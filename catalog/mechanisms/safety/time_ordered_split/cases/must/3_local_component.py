import pandas as pd
from credit.components import time_ordered_split

table = pd.read_csv("applications.csv")
train, test = time_ordered_split.split(table, target="granted", person=None, time="year", time_format=None)
