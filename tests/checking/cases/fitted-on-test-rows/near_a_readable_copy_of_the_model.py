"""A small tree that repeats what the forest says of held-out rows explains it."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier, export_text

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
forest = RandomForestClassifier(random_state=0).fit(X_train, y_train)
copy = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X_test, forest.predict(X_test))
print(export_text(copy))
