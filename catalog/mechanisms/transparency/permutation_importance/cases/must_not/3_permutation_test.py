from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import permutation_test_score

X, y = load_iris(return_X_y=True)
print(permutation_test_score(LogisticRegression(), X, y, random_state=0))
