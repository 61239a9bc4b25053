from sklearn import model_selection

print(model_selection.cross_val_score(model, X, y, cv=5).mean())
