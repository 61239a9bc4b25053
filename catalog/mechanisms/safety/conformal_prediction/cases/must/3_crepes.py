from crepes import WrapClassifier
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

X, y = load_iris(return_X_y=True)
model = WrapClassifier(RandomForestClassifier(random_state=0))
model.fit(X[::2], y[::2])
model.calibrate(X[1::2], y[1::2])
