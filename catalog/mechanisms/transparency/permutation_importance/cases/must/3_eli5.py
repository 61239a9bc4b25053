from eli5.sklearn import PermutationImportance
from sklearn.datasets import load_iris
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
print(PermutationImportance(SVC().fit(X, y), random_state=0).fit(X, y).feature_importances_)
