from sklearn.model_selection import RandomizedSearchCV, train_test_split
from sklearn.tree import DecisionTreeClassifier

X_train, X_test, y_train, y_test = train_test_split(X, y)
search = RandomizedSearchCV(DecisionTreeClassifier(), {"max_depth": [2, 3]})
search.fit(X_test, y_test)  # finds: W008
