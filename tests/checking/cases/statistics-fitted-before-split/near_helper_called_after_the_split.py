import pandas as pd
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def scaled_score(rows, labels):
    rows = StandardScaler().fit_transform(rows)
    return cross_val_score(LogisticRegression(), rows, labels)


table = pd.read_csv("people.csv")
y = table.pop("granted")
X_train, X_test, y_train, y_test = train_test_split(table, y)
print(scaled_score(X_train, y_train))
