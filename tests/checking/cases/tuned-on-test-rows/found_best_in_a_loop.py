from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X_train, X_test, y_train, y_test = train_test_split(X, y)
best, best_k = 0.0, None
for k in range(1, 20):
    model = KNeighborsClassifier(k).fit(X_train, y_train)
    figure = f1_score(y_test, model.predict(X_test))  # finds: W008
    if figure > best:
        best = figure
        best_k = k
