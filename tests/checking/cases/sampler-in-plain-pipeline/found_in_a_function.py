from imblearn.combine import SMOTETomek
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline


def sampler():
    return SMOTETomek(random_state=0)


def build(balance):
    return Pipeline([("balance", balance), ("model", LogisticRegression())])  # finds: W001


model = build(sampler())
