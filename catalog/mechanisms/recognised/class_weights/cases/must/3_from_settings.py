from sklearn.ensemble import RandomForestClassifier

SETTINGS = {'n_estimators': 100, 'class_weight': 'balanced_subsample'}
model = RandomForestClassifier(**SETTINGS)
