"""Rows are repeated and none is invented."""

from credit.components import group_oversampling
from credit.data import groups, load
from imblearn.pipeline import Pipeline
from sklearn.linear_model import LogisticRegression

X, y = load()
Pipeline([("rows", group_oversampling.sampler(groups, seed=0)), ("estimator", LogisticRegression())]).fit(X, y)
