from fairlearn.metrics import MetricFrame, selection_rate
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test, A_train, A_test = train_test_split(X, y, A)
print(MetricFrame(metrics=selection_rate, y_true=y_test, y_pred=model.predict(X_test), sensitive_features=A_test).by_group)
