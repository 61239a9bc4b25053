import interpret.glassbox as glass

model = glass.ExplainableBoostingRegressor(interactions=0)
