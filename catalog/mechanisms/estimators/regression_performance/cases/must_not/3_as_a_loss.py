"""Trains on the absolute error; mean_absolute_error(y, predicted) is never told."""

from sklearn.linear_model import SGDRegressor

model = SGDRegressor(loss="epsilon_insensitive", epsilon=0)
