from sklearn.model_selection import GridSearchCV, cross_val_score  # noqa: F401


def told(model, X, y):
    return cross_val_score(model, X, y)
