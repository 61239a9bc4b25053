from sklearn.feature_selection import RFECV as Eliminate
from sklearn.linear_model import LogisticRegression
from credit import data

X, y = data.training()
kept = Eliminate(LogisticRegression(), scoring="balanced_accuracy").fit(X, y).support_
print(X.columns[~kept])
