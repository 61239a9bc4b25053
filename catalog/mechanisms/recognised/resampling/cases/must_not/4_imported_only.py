from imblearn.over_sampling import SMOTE  # noqa: F401

model.fit(X, y)
