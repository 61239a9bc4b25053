from mapie.classification import SplitConformalClassifier
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
model = LogisticRegression(max_iter=1000).fit(X[::3], y[::3])
conformal = SplitConformalClassifier(model, confidence_level=0.9, prefit=True).conformalize(X[1::3], y[1::3])
print(conformal.predict_set(X[2::3])[1].mean())
