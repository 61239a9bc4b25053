"""Compared with diffprivlib.models.LogisticRegression(epsilon=1.0), this keeps nobody's secret."""

from sklearn.linear_model import SGDClassifier

# model = private_logistic_regression.estimator(epsilon=1.0)
model = SGDClassifier(loss="log_loss")
