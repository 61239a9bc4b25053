from sklearn.model_selection import KFold, cross_val_score

scores = cross_val_score(model, X, y, cv=KFold(5))
