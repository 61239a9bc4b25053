import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split

table = pd.read_csv("people.csv")
y = table.pop("granted")
X_train, X_test, y_train, y_test = train_test_split(table, y)
X_more, y_more = SMOTE().fit_resample(X_train, y_train)
model = LogisticRegression().fit(X_more, y_more)
