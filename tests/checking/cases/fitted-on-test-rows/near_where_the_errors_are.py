from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier(random_state=0).fit(X_train, y_train)
errors = (model.predict(X_test) != y_test).astype(float)
tree = DecisionTreeRegressor(max_depth=3, random_state=0)
tree.fit(X_test, errors)
