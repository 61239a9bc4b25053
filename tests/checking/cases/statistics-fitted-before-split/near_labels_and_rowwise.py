import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, Normalizer

table = pd.read_csv("people.csv")
y = LabelEncoder().fit_transform(table.pop("granted"))
X = Normalizer().fit_transform(table)
X = pd.get_dummies(pd.DataFrame(X)).fillna(0)
X_train, X_test, y_train, y_test = train_test_split(X, y)
