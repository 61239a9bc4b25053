import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

loans = pd.read_csv("loans.csv")
X = pd.get_dummies(loans.drop(columns="granted"), drop_first=True)
model = KNeighborsClassifier().fit(X, loans["granted"])
