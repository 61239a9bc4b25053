import pandas as pd
from sklearn import preprocessing

table = pd.read_csv("claims.csv")
codes = preprocessing.LabelEncoder().fit(["fast", "slow", "refused"])
y = codes.transform(table["way"])
