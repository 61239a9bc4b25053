from sklearn.ensemble import HistGradientBoostingClassifier as Boosting
from sklearn.model_selection import RandomizedSearchCV


def search():
    return RandomizedSearchCV(Boosting(random_state=0), {"learning_rate": [0.03, 0.1]}, n_iter=2)


search()
