from sklearn.model_selection import GridSearchCV

search = GridSearchCV(estimator=model, param_grid={'C': [1]}, cv=3).fit(X, y)
