import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split

table = pd.read_csv("people.csv")
imputer = SimpleImputer(strategy="median")
imputer.fit(table)  # finds: W002
train, test = train_test_split(table)
train = imputer.transform(train)
test = imputer.transform(test)
