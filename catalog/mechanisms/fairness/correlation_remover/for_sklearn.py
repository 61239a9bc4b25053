"""Columns without what the protected group predicts of them linearly.

The filter is fairlearn's ``CorrelationRemover``: each column minus its least squares prediction from the group. It
works on numbers, while the group is read off the raw row; so it stands here around the step that makes the columns
ready, and sees both. What remains is uncorrelated with the group, not independent of it: a linear model profits most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.preprocessing import CorrelationRemover
from sklearn.base import BaseEstimator, TransformerMixin, clone


class DecorrelatedColumns(TransformerMixin, BaseEstimator):
    """Columns made ready, less what the group predicts of them.

    Parameters
    ----------
    columns : transformer
        Gives dense numbers without gaps.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    alpha : float
        How much is removed, from 0 to 1.

    Attributes
    ----------
    columns_ : transformer
        The fitted one.
    groups_ : list of str
        Groups that were seen; the first is the one the others are compared with.
    beta_ : array of shape (n_groups - 1, n_columns)
        How far each column lies apart in each group.
    centre_ : array of shape (n_groups - 1,)
        Share of each group in training.
    """

    def __init__(self, columns: Any, groups: Callable[[pd.DataFrame], pd.Series], alpha: float = 1.0) -> None:
        self.columns = columns
        self.groups = groups
        self.alpha = alpha

    def fit(self, X: pd.DataFrame, y: pd.Series | None = None) -> DecorrelatedColumns:
        """Find what the group predicts of each column.

        Raises
        ------
        ValueError
            If a row has no group, or only one group occurs.
        """
        membership = self._membership(X)
        self.groups_ = sorted(set(membership))
        if len(self.groups_) < 2:
            raise ValueError(f"only one group occurs: {self.groups_[0]}; there is no correlation to remove")
        self.columns_ = clone(self.columns).fit(X, y)
        numbers = np.asarray(self.columns_.transform(X), dtype=float)
        indicators = self._indicators(membership)
        width = numbers.shape[1]
        remover = CorrelationRemover(sensitive_feature_ids=list(range(width, width + indicators.shape[1])))
        remover.fit(np.hstack([numbers, indicators]))
        # Two arrays instead of the remover itself: formats that hold known types only can store them.
        self.beta_, self.centre_ = remover.beta_, remover.sensitive_mean_
        return self

    def transform(self, X: pd.DataFrame) -> np.ndarray:
        """Columns of shape (n_rows, n_columns).

        Raises
        ------
        ValueError
            If a row is of a group that was not seen in training: nothing is known of how its columns lie apart.
        """
        membership = self._membership(X)
        unknown = sorted(set(membership) - set(self.groups_))
        if unknown:
            raise ValueError(f"nothing was learnt of: {', '.join(unknown)}; such rows need a person's decision")
        numbers = np.asarray(self.columns_.transform(X), dtype=float)
        return np.asarray(numbers - self.alpha * (self._indicators(membership) - self.centre_) @ self.beta_)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns, which stay what they were."""
        return np.asarray(self.columns_.get_feature_names_out(input_features))

    def _indicators(self, membership: np.ndarray) -> np.ndarray:
        return (membership[:, None] == np.asarray(self.groups_[1:])[None, :]).astype(float)

    def _membership(self, X: pd.DataFrame) -> np.ndarray:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        return membership.to_numpy(dtype=str)


def decorrelate(model: Any, groups: Callable[[pd.DataFrame], pd.Series], alpha: float = 1.0) -> Any:
    """The given pipeline with its step ``columns`` followed by the filter."""
    return clone(model).set_params(columns=DecorrelatedColumns(model.named_steps["columns"], groups, alpha))
