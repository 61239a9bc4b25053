from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier  # noqa: F401

model = GradientBoostingClassifier(random_state=0)
