from sklearn.model_selection import train_test_split  # noqa: F401

model.fit(X, y)
