import shap  # noqa: F401

model.fit(X, y)
