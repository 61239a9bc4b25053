from sklearn.model_selection import ParameterGrid

combinations = list(ParameterGrid({"alpha": [1, 10]}))
