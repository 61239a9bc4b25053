"""Training numbers shifted so that every protected group has the same mean.

Calders et al. (2013), Controlling attribute effect in linear regression, doi 10.1109/ICDM.2013.114, ask for equal mean
predictions. Shifting the training numbers of each group to the common mean asks the same of any regressor: what it
could learn of the level of a group is no longer there. Predictions need no group.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, MetaEstimatorMixin, RegressorMixin, clone


class AlignedRegressor(RegressorMixin, MetaEstimatorMixin, BaseEstimator):
    """Regressor trained on numbers whose mean is the same in every group.

    Parameters
    ----------
    estimator : regressor
        To be trained.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.

    Attributes
    ----------
    estimator_ : regressor
        The trained one.
    shift_by_group_ : dict
        What was added to the training numbers of each group.
    """

    def __init__(self, estimator: Any, groups: Callable[[pd.DataFrame], pd.Series]) -> None:
        self.estimator = estimator
        self.groups = groups

    def fit(self, X: pd.DataFrame, y: pd.Series) -> AlignedRegressor:
        """Shift the numbers of each group to the mean of all rows, and train.

        Raises
        ------
        ValueError
            If a row has no group.
        """
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        shift = y.mean() - y.groupby(membership.to_numpy()).transform("mean")
        self.shift_by_group_ = {
            str(group): float(value) for group, value in shift.groupby(membership.to_numpy()).first().items()
        }
        self.estimator_ = clone(self.estimator).fit(X, y + shift)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Numbers of the trained estimator."""
        return np.asarray(self.estimator_.predict(X))


def align(model: Any, groups: Callable[[pd.DataFrame], pd.Series]) -> AlignedRegressor:
    """The given model, to be trained on aligned numbers."""
    return AlignedRegressor(model, groups)
