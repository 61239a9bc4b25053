import fairlearn.reductions as red
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

X = pd.read_csv("train.csv")
y, race = X.pop("granted"), X.pop("race")


def build(eps):
    return red.ExponentiatedGradient(DecisionTreeClassifier(max_depth=5), red.EqualizedOdds(), eps=eps)


build(0.02).fit(X, y, sensitive_features=race)
