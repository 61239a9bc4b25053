import pandas as pd
from sklearn.model_selection import StratifiedKFold, train_test_split

table = pd.read_csv("visits.csv")
train, test = train_test_split(table, test_size=0.3, stratify=table["ill"], random_state=0)
folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(train, train["ill"]))
