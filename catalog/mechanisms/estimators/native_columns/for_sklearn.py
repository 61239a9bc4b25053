"""Columns as they are: names, texts and gaps are left to an estimator that knows what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

RARE = "(rare)"


class NativeColumns(TransformerMixin, BaseEstimator):
    """Data frame with the given columns: numbers as float, texts as pandas categories, gaps as gaps.

    Parameters
    ----------
    numeric, categorical : sequence of str
        Columns of numbers, and columns of texts.
    most_levels : int
        In a column of texts with more levels among the training rows, the rarest share one.

    Attributes
    ----------
    frequent_levels_ : dict
        For each column in which rare levels share one, the levels that keep their name.
    """

    def __init__(self, numeric: Sequence[str], categorical: Sequence[str], most_levels: int = 250) -> None:
        self.numeric = numeric
        self.categorical = categorical
        self.most_levels = most_levels

    def fit(self, X: pd.DataFrame, y: Any = None) -> NativeColumns:
        """Find the levels that keep their name."""
        self.frequent_levels_: dict[str, list[str]] = {}
        for column in self.categorical:
            counts = X[column].value_counts()
            if len(counts) > self.most_levels:
                # By name where counts are equal, so that the order of rows does not matter.
                ranked = sorted(counts.items(), key=lambda level: (-level[1], str(level[0])))
                self.frequent_levels_[column] = [name for name, _ in ranked[: self.most_levels - 1]]
        return self

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """The columns, of shape (n_rows, n_numeric + n_categorical), with the index of ``X``.

        A level that no training row had stays what it is; what it means is for the estimator to say.
        """
        check_is_fitted(self)
        frame = X[[*self.numeric, *self.categorical]].copy()
        for column in self.numeric:
            frame[column] = frame[column].astype(float)
        for column in self.categorical:
            if column in self.frequent_levels_:
                is_rare = frame[column].notna() & ~frame[column].isin(self.frequent_levels_[column])
                frame[column] = frame[column].mask(is_rare, RARE)
            frame[column] = frame[column].astype("category")
        return frame

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The columns, numbers first."""
        return np.array([*self.numeric, *self.categorical], dtype=object)


def columns(numeric: Sequence[str], categorical: Sequence[str], most_levels: int = 250) -> NativeColumns:
    """Transformer that leaves texts and gaps to the estimator, not yet fitted.

    Parameters
    ----------
    numeric, categorical : sequence of str
        Columns of numbers, and columns of texts.
    most_levels : int
        In a column of texts with more levels among the training rows, the rarest share one; scikit-learn's boosting
        takes at most 255.

    Returns
    -------
    NativeColumns
        Its result is a data frame.
    """
    return NativeColumns(numeric, categorical, most_levels)
