"""Coefficients shown with eli5.show_weights(model) in the notebook."""

from sklearn.linear_model import LogisticRegression

# eli5.show_weights(model)
model = LogisticRegression().fit([[0], [1]], [0, 1])
