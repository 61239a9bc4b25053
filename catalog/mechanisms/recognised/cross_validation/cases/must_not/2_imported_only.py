from sklearn.model_selection import KFold, cross_val_score  # noqa: F401

model.fit(X, y)
