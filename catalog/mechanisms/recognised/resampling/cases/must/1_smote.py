from imblearn import over_sampling as over

X_train, y_train = over.SMOTE(random_state=1).fit_resample(X_train, y_train)
