import pandas as pd
from sklearn.model_selection import KFold, ShuffleSplit

table = pd.read_csv("sales.csv").sort_values("day")
folds = list(KFold(5, shuffle=True, random_state=0).split(table))
draws = list(ShuffleSplit(5, random_state=0).split(table))
