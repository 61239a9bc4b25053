from sklearn.feature_selection import RFECV  # noqa: F401
from sklearn.linear_model import LogisticRegression
from credit import data

LogisticRegression().fit(*data.training())
