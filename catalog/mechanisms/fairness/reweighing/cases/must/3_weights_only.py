import pandas as pd
from aif360.sklearn.preprocessing import Reweighing as FairWeights
from sklearn.ensemble import HistGradientBoostingClassifier

X = pd.read_csv("train.csv")
y = X.pop("granted")


def weights(X, y):
    return FairWeights(X["sex"].to_numpy()).fit_transform(X, y)[1]


HistGradientBoostingClassifier().fit(X[["age", "income"]], y, sample_weight=weights(X, y))
