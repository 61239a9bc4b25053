from imblearn.combine import SMOTEENN, SMOTETomek

X_cleaned, y_cleaned = SMOTEENN(random_state=0).fit_resample(X, y)
X_linked, y_linked = SMOTETomek(random_state=0).fit_resample(X, y)
