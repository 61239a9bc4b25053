from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor  # noqa: F401

model = HistGradientBoostingClassifier()
