from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import train_test_split

FEATURES = ["income", "Race", "debt"]


def train(table):
    X_train, X_test, y_train, y_test = train_test_split(table[FEATURES], table["y"])  # finds: H006
    model = HistGradientBoostingClassifier()
    model.fit(X_train, y_train)
    return model.score(X_test, y_test)
