import numpy as np
from sklearn.metrics import roc_curve
from sklearn.model_selection import train_test_split

X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest)
fpr, tpr, thresholds = roc_curve(y_val, model.predict_proba(X_val)[:, 1])
threshold = thresholds[np.argmax(tpr - fpr)]
