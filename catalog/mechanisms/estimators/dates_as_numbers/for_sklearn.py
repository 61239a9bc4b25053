"""Columns of dates as numbers: year, month, weekday, and years before a fixed day.

The day is fixed when the project is made. Counted from today, the same row would mean something else tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

PARTS = ("year", "month", "weekday", "years before")

_DAYS_A_YEAR = 365.2425


class Dates(TransformerMixin, BaseEstimator):
    """Data frame with numbers for each column of dates.

    Parameters
    ----------
    dates : mapping of str to str
        Columns of dates, and how they are written, as ``strptime`` reads it.
    reference_day : str
        The day that years are counted from, such as ``2026-01-31``.

    Attributes
    ----------
    usual_ : dict of str to list of float
        Medians of the numbers of each column over the training rows; they stand in for a gap.
    """

    def __init__(self, dates: Mapping[str, str], reference_day: str) -> None:
        self.dates = dates
        self.reference_day = reference_day

    def fit(self, X: pd.DataFrame, y: Any = None) -> Dates:
        """Find what stands in for a gap."""
        self.usual_ = {column: self._numbers(X[column]).median().fillna(0.0).tolist() for column in self.dates}
        return self

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """Four numbers and whether there is a date, for each column; with the index of ``X``.

        Raises
        ------
        ValueError
            If a value is no date written as declared.
        """
        parts = []
        for column, usual in self.usual_.items():
            numbers = self._numbers(X[column])
            known = numbers.notna().all(axis=1).astype(float)
            parts.append(numbers.fillna(dict(zip(PARTS, usual, strict=True))).assign(known=known))
        joined = pd.concat(parts, axis=1)
        joined.columns = self.get_feature_names_out()
        return joined

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Column and part, such as ``"signed: weekday"``."""
        return np.array([f"{column}: {part}" for column in self.dates for part in (*PARTS, "known")], dtype=object)

    def _numbers(self, values: pd.Series) -> pd.DataFrame:
        try:
            days = pd.to_datetime(values, format=self.dates[str(values.name)])
        except ValueError as fault:
            raise ValueError(f"column {values.name!r} holds something that is no date as declared: {fault}") from None
        before = (pd.Timestamp(self.reference_day) - days).dt.days / _DAYS_A_YEAR
        columns = (days.dt.year, days.dt.month, days.dt.weekday, before)
        return pd.DataFrame({part: column.astype(float) for part, column in zip(PARTS, columns, strict=True)})


def columns(dates: Mapping[str, str], reference_day: str) -> Dates:
    """Transformer of columns of dates into numbers, not yet fitted.

    Parameters
    ----------
    dates : mapping of str to str
        Columns of dates, and how they are written.
    reference_day : str
        The day that years are counted from.

    Returns
    -------
    Dates
        Weekdays count from 0 for Monday; a gap gets the medians of the training rows and a 0 under ``known``.
    """
    return Dates(dates, reference_day)
