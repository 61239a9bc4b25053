from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor  # noqa: F401

model = RandomForestRegressor()
