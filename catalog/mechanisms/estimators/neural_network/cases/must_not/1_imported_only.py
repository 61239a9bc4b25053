from sklearn.neural_network import MLPClassifier, MLPRegressor  # noqa: F401

model = MLPRegressor()
