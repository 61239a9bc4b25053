"""Columns as numbers by what was declared of them: nothing is learned from the rows, and no row is longer than 1.

A mean, a median or a list of levels taken from the rows tells something of each of them, and noise added later does not
cover it (NIST SP 800-226, on pre-processing). Here the ends of the ranges and the levels come from the settings. What
follows from them is a bound on the length of every row, whoever it is about, which is what noise is measured by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin


class BoundedColumns(TransformerMixin, BaseEstimator):
    """Array of numbers in which every row has a Euclidean length of at most 1.

    A number becomes its place in its range, from -1 to 1; beyond the ends it is taken as the end, and a gap as the
    middle. Each declared level is a column of zeros and ones; a gap and a level that nobody declared are zeros in all.
    All is divided by the square root of the number of columns of the table.

    Parameters
    ----------
    numeric, categorical : sequence of str
        Columns of numbers, and columns of texts.
    ranges : mapping of str to pair of float
        Declared ends of each numeric column.
    levels : mapping of str to sequence of str
        Declared levels of each column of texts.
    """

    def __init__(
        self,
        numeric: Sequence[str],
        categorical: Sequence[str],
        ranges: Mapping[str, Sequence[float]],
        levels: Mapping[str, Sequence[str]],
    ) -> None:
        self.numeric = numeric
        self.categorical = categorical
        self.ranges = ranges
        self.levels = levels

    def fit(self, X: Any, y: Any = None) -> BoundedColumns:
        """Nothing: the rows are not looked at."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def transform(self, X: pd.DataFrame) -> np.ndarray:
        """The rows, of shape (n_rows, n_numbers + n_levels)."""
        parts = []
        for column in self.numeric:
            low, high = map(float, self.ranges[column])
            place = (X[column].astype(float).clip(low, high) - (low + high) / 2) / ((high - low) / 2 or 1.0)
            parts.append(place.fillna(0.0).to_numpy())
        for column in self.categorical:
            parts += [(X[column] == level).to_numpy(dtype=float, na_value=0.0) for level in self.levels[column]]
        count = max(len(self.numeric) + len(self.categorical), 1)
        return np.column_stack(parts) / np.sqrt(count)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Columns of numbers by their name, levels as ``column=level``."""
        levels = [f"{column}={level}" for column in self.categorical for level in self.levels[column]]
        return np.array([*self.numeric, *levels], dtype=object)


def columns(
    numeric: Sequence[str],
    categorical: Sequence[str],
    ranges: Mapping[str, Sequence[float]],
    levels: Mapping[str, Sequence[str]],
) -> BoundedColumns:
    """Transformer that knows the columns by their declaration only.

    Parameters
    ----------
    numeric, categorical : sequence of str
        Columns of numbers, and columns of texts.
    ranges : mapping of str to pair of float
        Declared ends of each numeric column.
    levels : mapping of str to sequence of str
        Declared levels of each column of texts.

    Raises
    ------
    ValueError
        If nothing is declared of a column.
    """
    undeclared = [column for column in numeric if column not in ranges]
    undeclared += [column for column in categorical if not levels.get(column)]
    if undeclared:
        raise ValueError(
            f"no range or level is declared for {', '.join(undeclared)}; state them under `ranges` and `levels` of the "
            "data section in fates.yaml"
        )
    declared = [*numeric, *categorical]
    return BoundedColumns(
        list(numeric),
        list(categorical),
        {column: tuple(ends) for column, ends in ranges.items() if column in declared},
        {column: tuple(found) for column, found in levels.items() if column in declared},
    )


def compare_with_rows(
    table: pd.DataFrame, numeric: Sequence[str], ranges: Mapping[str, Sequence[float]]
) -> dict[str, Any]:
    """Whether the declared ranges may have been read off the rows that they are to protect.

    Parameters
    ----------
    table : DataFrame
        As it was read.
    numeric : sequence of str
        Columns of numbers.
    ranges : mapping of str to pair of float
        Their declared ends.

    Returns
    -------
    dict
        Evidence. It holds when no range has both ends among the rows. Where one has, nobody can tell from here: a scale
        from 1 to 5 is known beforehand and used in full, the oldest age of a table is that of a person.
    """
    told = []
    for column in numeric:
        values = table[column].dropna()
        if len(values) and values.min() == ranges[column][0] and values.max() == ranges[column][1]:
            told.append(column)
    if told:
        because = (
            f"both ends of the ranges of {', '.join(told)} are values of rows: if they were measured there, they tell "
            "of these rows what no noise covers; declare ends that are known without the data"
        )
    else:
        because = f"none of the {len(numeric)} declared ranges ends exactly where the rows end"
    return {
        "measured": {"columns": len(numeric), "ends_among_the_rows": told},
        "holds": None if told else True,
        "because": because,
    }
