"""Trains with Reweighing."""
from aif360.algorithms.preprocessing import Reweighing as Fair  # finds: W004
from sklearn.linear_model import LogisticRegression


def train(X, y):
    bias_mitigation = True
    return LogisticRegression().fit(X, y), bias_mitigation
