"""Training under the largest error of a group: the group that is served worst counts more, round by round.

Agarwal, Dudík and Wu (2019), Fair regression: quantitative definitions and reduction-based algorithms, section 4: to
bound the loss of every group, weights of the groups are raised in proportion to exp(rate * loss) and the regressor is
trained again. Their reduction ends in a random mixture of all rounds; here the one round whose largest group error is
smallest is kept, so that a person always gets the same number and the model stays one that can be read and stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, MetaEstimatorMixin, RegressorMixin, clone


class BoundedLossRegressor(RegressorMixin, MetaEstimatorMixin, BaseEstimator):
    """Regressor whose largest mean squared error of a group in training is the smallest that was found.

    Parameters
    ----------
    estimator : pipeline
        Whose last step, called ``estimator``, takes row weights.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    steps : int
        Rounds.
    rate : float
        How strongly a round changes the weights.

    Attributes
    ----------
    estimator_ : pipeline
        The trained one.
    weight_by_group_ : dict
        Weight of a row of each group in the round that was kept.
    largest_loss_ : list of float
        Largest mean squared error of a group in each round, as a share of the variance of the training numbers.
    """

    def __init__(
        self, estimator: Any, groups: Callable[[pd.DataFrame], pd.Series], steps: int = 10, rate: float = 0.5
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.steps = steps
        self.rate = rate

    def fit(self, X: pd.DataFrame, y: pd.Series) -> BoundedLossRegressor:
        """Train round by round and keep the fairest.

        Raises
        ------
        ValueError
            If a row has no group.
        """
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        names, codes = np.unique(membership.to_numpy(dtype=str), return_inverse=True)
        truth = np.asarray(y, dtype=float)
        share = np.bincount(codes) / len(codes)
        spread = truth.var() or 1.0
        importance = share.copy()
        self.largest_loss_: list[float] = []
        for _ in range(self.steps):
            weights = importance / share
            trained = clone(self.estimator).fit(X, y, estimator__sample_weight=weights[codes])
            squares = (np.asarray(trained.predict(X), dtype=float) - truth) ** 2
            losses = np.bincount(codes, weights=squares) / np.bincount(codes) / spread
            if not self.largest_loss_ or losses.max() < min(self.largest_loss_):
                self.estimator_ = trained
                self.weight_by_group_ = dict(zip(map(str, names), map(float, weights), strict=True))
            self.largest_loss_.append(float(losses.max()))
            importance = importance * np.exp(self.rate * (losses - losses.max()))
            importance = importance / importance.sum()
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Numbers of the trained estimator."""
        return np.asarray(self.estimator_.predict(X))


def bound(
    model: Any, groups: Callable[[pd.DataFrame], pd.Series], steps: int = 10, rate: float = 0.5
) -> BoundedLossRegressor:
    """The given pipeline, to be trained under the largest error of a group."""
    return BoundedLossRegressor(model, groups, steps, rate)
