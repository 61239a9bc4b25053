from sklearn.linear_model import LinearRegression, SGDClassifier


class LogisticRegression:
    """Ours, not scikit-learn's: a stub for the tests."""


linear = LinearRegression()
hinge = SGDClassifier(loss="hinge", random_state=0)
stub = LogisticRegression()
