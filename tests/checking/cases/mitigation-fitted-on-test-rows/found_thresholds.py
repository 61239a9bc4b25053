from fairlearn.postprocessing import ThresholdOptimizer as Thresholds
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test, A_train, A_test = train_test_split(X, y, A)
mitigated = Thresholds(estimator=model, prefit=True)
mitigated.fit(X_test, y_test, sensitive_features=A_test)  # finds: W009
