import pandas as pd
from sklearn.model_selection import train_test_split

table = pd.read_csv("people.csv")
table["age"] = table["age"].fillna(table["age"].mean())  # finds: W002
train, test = train_test_split(table)
