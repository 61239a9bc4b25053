from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV


class Search:
    def __init__(self):
        self.vectors = TfidfVectorizer()

    def run(self, texts, labels):
        features = self.vectors.fit_transform(texts)  # finds: W002
        search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1]})
        return search.fit(features, labels)
