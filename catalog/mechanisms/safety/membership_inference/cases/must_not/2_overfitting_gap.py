from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier

X, y = load_iris(return_X_y=True)
model = DecisionTreeClassifier(random_state=0).fit(X[::2], y[::2])
print(model.score(X[::2], y[::2]) - model.score(X[1::2], y[1::2]))
