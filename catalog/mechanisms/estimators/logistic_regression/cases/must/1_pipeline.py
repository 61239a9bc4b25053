import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

loans = pd.read_csv("loans.csv")
X, y = loans.drop(columns="granted"), loans["granted"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = Pipeline([("scale", StandardScaler()), ("estimator", LogisticRegression(max_iter=500))])
model.fit(X_train, y_train)
print(model.score(X_test, y_test))
