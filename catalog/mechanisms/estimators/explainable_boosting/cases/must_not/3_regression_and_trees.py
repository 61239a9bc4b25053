from interpret.glassbox import ClassificationTree, ExplainableBoostingRegressor

price = ExplainableBoostingRegressor(random_state=0)
tree = ClassificationTree()
