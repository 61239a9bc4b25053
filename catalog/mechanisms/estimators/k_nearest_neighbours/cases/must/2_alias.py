from sklearn import neighbors as nb

SETTINGS = dict(n_neighbors=25, weights="distance")


class Ranker:
    def __init__(self):
        self.model = nb.KNeighborsClassifier(**SETTINGS)


Ranker()
