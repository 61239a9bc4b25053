import matplotlib.pyplot as plt
import numpy as np
from sklearn.metrics import auc, roc_curve
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y)
predicted = np.argmax(model.predict(X_test), axis=1)
fpr, tpr, _ = roc_curve(y_test, predicted)
plt.plot(fpr, tpr, label=f"{auc(fpr, tpr):.2f}")
