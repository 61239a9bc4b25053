from interpret.glassbox import ExplainableBoostingClassifier, LogisticRegression  # noqa: F401

model = LogisticRegression()
