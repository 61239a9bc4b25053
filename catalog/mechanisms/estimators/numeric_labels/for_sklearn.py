"""A target of numbers, read as it stands."""

from __future__ import annotations

import numpy as np
import pandas as pd


def read(table: pd.DataFrame, target: str) -> pd.Series:
    """The target as float, of shape (n_rows,).

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
    target : str
        Column of the number to predict, without missing values.

    Raises
    ------
    ValueError
        If a value is no finite number.
    """
    numbers = pd.to_numeric(table[target], errors="coerce").astype(float)
    strange = ~np.isfinite(numbers)
    if strange.any():
        values = sorted(set(map(str, table[target][strange])))[:5]
        raise ValueError(f"column {target!r} holds something that is no number: {', '.join(map(repr, values))}")
    return numbers


def worded(predictions: np.ndarray) -> np.ndarray:
    """The numbers as they are."""
    return np.asarray(predictions, dtype=float)
