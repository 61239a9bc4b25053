from sklearn.datasets import load_iris
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
DecisionBoundaryDisplay.from_estimator(LogisticRegression(max_iter=500).fit(X[:, :2], y), X[:, :2])
