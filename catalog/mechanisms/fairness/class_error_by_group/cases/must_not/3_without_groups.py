from sklearn.metrics import recall_score

from claims.data import load
from claims.model import trained

X, y = load()
print(recall_score(y, trained().predict(X), average=None))  # class_error_by_group.measure(...) asks for groups too
