import pandas as pd

from rents import numeric_label_reader

# numeric_labels.read(table, "rent") refuses what is no number
y = numeric_label_reader.read(pd.read_csv("rents.csv"))
