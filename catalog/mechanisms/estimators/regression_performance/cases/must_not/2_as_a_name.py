from sklearn.model_selection import cross_val_score


def told(model, X, y):
    return cross_val_score(model, X, y, scoring="neg_mean_absolute_error")
