from sklearn.model_selection import cross_validate

scores = cross_validate(model, X, y)
