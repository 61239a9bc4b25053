from sklearn.neighbors import KNeighborsClassifier, LocalOutlierFactor  # noqa: F401

outliers = LocalOutlierFactor(n_neighbors=20)
