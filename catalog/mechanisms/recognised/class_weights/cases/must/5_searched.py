from sklearn.model_selection import GridSearchCV

grid = {'model__class_weight': [None, 'balanced']}
search = GridSearchCV(model, grid)
