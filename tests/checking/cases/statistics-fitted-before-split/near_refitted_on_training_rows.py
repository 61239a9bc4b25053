import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
scaler = StandardScaler()
print(scaler.fit(table).mean_)
train, test = train_test_split(table)
scaler.fit(train)
train, test = scaler.transform(train), scaler.transform(test)
