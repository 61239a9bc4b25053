from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y)
for name, model in models.items():
    figure = f1_score(y_test, model.predict(X_test))
    if figure > 0.8:
        print(name, figure)
