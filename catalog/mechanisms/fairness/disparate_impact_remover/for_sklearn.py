"""Numeric columns moved towards one distribution for all groups, the order within each group kept.

Feldman et al. (2015), Certifying and removing disparate impact, section 5: a value that lies at quantile p of its group
is moved towards the median, over the groups, of their values at quantile p. With the full repair nobody can read the
group off a column; with a part of it, each value goes that share of the way. aif360's remover rewrites one table and
cannot be applied to new rows; here the quantiles of the training rows are kept, on a grid, and new rows are repaired by
them. Protected columns of text are hidden from the estimator, which would learn from them what the repair took out.
Each number is repaired by itself: what columns tell of the group together, or other texts tell, remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin, clone

#: Places at which the distribution of a group is kept; enough for steps of half a percent.
_GRID = np.linspace(0, 1, 201)


class RepairedColumns(TransformerMixin, BaseEstimator):
    """Columns made ready after numbers were repaired.

    Parameters
    ----------
    columns : transformer
        Of a data frame; gets the repaired one.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    numeric : list of str
        Columns to repair. Gaps stay gaps.
    protected : list of str
        Columns that the groups are read from. Those that are not numeric get one value in all rows.
    repair_level : float
        Share of the way that values are moved, from 0 to 1.
    minimum_count : int
        Values that a group must have in a column.

    Attributes
    ----------
    columns_ : transformer
        The fitted one.
    quantiles_ : dict
        For each column and group its values at the places of the grid.
    medians_ : dict
        For each column the median of these over the groups.
    usual_ : dict
        Most frequent value of each hidden column, which all rows get.
    """

    def __init__(
        self,
        columns: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        numeric: Sequence[str],
        protected: Sequence[str],
        repair_level: float = 1.0,
        minimum_count: int = 30,
    ) -> None:
        self.columns = columns
        self.groups = groups
        self.numeric = numeric
        self.protected = protected
        self.repair_level = repair_level
        self.minimum_count = minimum_count

    def fit(self, X: pd.DataFrame, y: pd.Series | None = None) -> RepairedColumns:
        """Keep the quantiles of every group and train the columns on repaired rows.

        Raises
        ------
        ValueError
            If a row has no group, only one group occurs, or a group has too few values in a column.
        """
        membership = self._membership(X)
        names = sorted(set(membership))
        if len(names) < 2:
            raise ValueError(f"only one group occurs: {names[0]}; there is nothing to repair")
        self.quantiles_: dict[str, dict[str, np.ndarray]] = {}
        self.medians_: dict[str, np.ndarray] = {}
        for column in self.numeric:
            values = X[column].to_numpy(dtype=float)
            known = {name: values[(membership == name) & ~np.isnan(values)] for name in names}
            poor = [name for name, found in known.items() if len(found) < self.minimum_count]
            if poor:
                raise ValueError(f"column {column!r}: fewer than {self.minimum_count} values in: {', '.join(poor)}")
            self.quantiles_[column] = {name: np.quantile(found, _GRID) for name, found in known.items()}
            self.medians_[column] = np.median(list(self.quantiles_[column].values()), axis=0)
        self.groups_ = names
        hidden = [column for column in self.protected if column not in self.numeric]
        self.usual_ = {column: X[column].mode().iloc[0] for column in hidden}
        self.columns_ = clone(self.columns).fit(self.repaired(X), y)
        return self

    def transform(self, X: pd.DataFrame) -> Any:
        """Columns made ready, of repaired rows.

        Raises
        ------
        ValueError
            If a row is of a group that was not seen in training.
        """
        return self.columns_.transform(self.repaired(X))

    def repaired(self, X: pd.DataFrame) -> pd.DataFrame:
        """A copy of the rows with repaired numbers and without what names the group."""
        membership = self._membership(X)
        unknown = sorted(set(membership) - set(self.groups_))
        if unknown:
            raise ValueError(f"no distribution is known of: {', '.join(unknown)}; such rows need a person's decision")
        copy = X.copy()
        for column in self.numeric:
            values = X[column].to_numpy(dtype=float)
            moved = values.copy()
            for name in set(membership):
                rows = (membership == name) & ~np.isnan(values)
                place = place_of(values[rows], self.quantiles_[column][name])
                target = np.interp(place, _GRID, self.medians_[column])
                moved[rows] = (1 - self.repair_level) * values[rows] + self.repair_level * target
            copy[column] = moved
        for column, value in self.usual_.items():
            copy[column] = value
        return copy

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns, which stay what they were."""
        return np.asarray(self.columns_.get_feature_names_out(input_features))

    def _membership(self, X: pd.DataFrame) -> np.ndarray:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        return membership.to_numpy(dtype=str)


def place_of(values: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """Quantile, from 0 to 1, at which each value lies; the middle of its span where many rows share the value.

    Parameters
    ----------
    values : array of shape (n_rows,)
    quantiles : array of shape (201,)
        Values of the group at the places of the grid, ascending. Beyond them, a value lies at 0 or 1.
    """
    known, first = np.unique(quantiles, return_index=True)
    last = len(quantiles) - 1 - np.unique(quantiles[::-1], return_index=True)[1]
    return np.asarray((np.interp(values, known, _GRID[first]) + np.interp(values, known, _GRID[last])) / 2)


def repair(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    numeric: Sequence[str],
    protected: Sequence[str],
    repair_level: float = 1.0,
    minimum_count: int = 30,
) -> Any:
    """The given pipeline with a repair of the numbers before its step ``columns``."""
    columns = RepairedColumns(model.named_steps["columns"], groups, numeric, protected, repair_level, minimum_count)
    return clone(model).set_params(columns=columns)
