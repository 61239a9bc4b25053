from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor  # noqa: F401

model = ExplainableBoostingClassifier()
