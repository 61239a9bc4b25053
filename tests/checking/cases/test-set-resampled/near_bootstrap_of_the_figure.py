from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.utils import resample

X_train, X_test, y_train, y_test = train_test_split(X, y)
predicted = model.predict(X_test)
figures = [accuracy_score(*resample(y_test, predicted)) for _ in range(100)]
