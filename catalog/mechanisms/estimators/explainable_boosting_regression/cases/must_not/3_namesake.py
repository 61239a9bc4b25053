from credit.models import ExplainableBoostingRegressor

# interpret.glassbox.ExplainableBoostingRegressor() took too long here
model = ExplainableBoostingRegressor()
