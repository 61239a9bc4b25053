from interpret.glassbox import ExplainableBoostingRegressor

model = ExplainableBoostingRegressor()
