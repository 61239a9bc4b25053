import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
train, test = train_test_split(table)
scaler = StandardScaler().fit(train)
train, test = scaler.transform(train), scaler.transform(test)
smaller, held_out = train_test_split(train)
