from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest)
stacked = LogisticRegression().fit(X_val, y_val)
print(stacked.score(X_test, y_test))
