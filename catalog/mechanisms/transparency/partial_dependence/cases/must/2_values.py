from sklearn import inspection
from sklearn.datasets import load_iris
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
curves = inspection.partial_dependence(SVC().fit(X, y), X, [0])
print(curves["average"])
