import foolbox  # noqa: F401

model.fit(X, y)
