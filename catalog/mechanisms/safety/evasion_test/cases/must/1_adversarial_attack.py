from art.attacks.evasion import HopSkipJump
from art.estimators.classification import SklearnClassifier
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

X, y = load_breast_cancer(return_X_y=True)
model = LogisticRegression(max_iter=5000).fit(X, y)
attack = HopSkipJump(classifier=SklearnClassifier(model), max_iter=10)
print(model.score(attack.generate(x=X[:20]), y[:20]))
