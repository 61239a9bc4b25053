import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("people.csv")
y = table.pop("granted")
model = make_pipeline(StandardScaler(), LogisticRegression())
X_train, X_test, y_train, y_test = train_test_split(table, y)
model.fit(X_train, y_train)
print(cross_val_score(model, table, y), model.score(X_test, y_test))
