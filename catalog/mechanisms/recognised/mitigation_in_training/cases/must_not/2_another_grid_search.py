from sklearn.model_selection import GridSearchCV

model = GridSearchCV(estimator, {'C': [1, 10]}).fit(X, y)
