import whylogs  # noqa: F401
from sklearn.linear_model import LogisticRegression

print(LogisticRegression().fit([[0], [1]], [0, 1]).predict([[1]]))
