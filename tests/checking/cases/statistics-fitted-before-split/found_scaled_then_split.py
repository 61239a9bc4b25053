import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
y = table.pop("granted")
X = pd.DataFrame(StandardScaler().fit_transform(table), columns=table.columns)  # finds: W002
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
