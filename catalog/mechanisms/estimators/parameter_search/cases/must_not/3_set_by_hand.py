from sklearn.linear_model import Ridge


class GridSearch:
    """Of a map; GridSearchCV(model, values) is something else."""


model = Ridge().set_params(alpha=10)
cells = GridSearch()
