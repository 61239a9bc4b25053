import pandas as pd

table = pd.get_dummies(table, columns=['sex'])
