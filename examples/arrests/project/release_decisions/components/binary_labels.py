"""Two outcomes: 1 for the labels that people hope for, 0 for all others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def coded(table: pd.DataFrame, target: str, favourable: Sequence[str]) -> pd.Series:
    """1 where the label is a favourable one, else 0; of shape (n_rows,).

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
    target : str
        Column of the label, without missing values.
    favourable : sequence of str
        Labels that people hope for.
    """
    return table[target].isin(list(favourable)).astype(int)


def worded(predictions: np.ndarray, outcomes: Sequence[str]) -> np.ndarray:
    """The outcome that each code means; ``outcomes`` are those of 0 and 1."""
    return np.asarray(outcomes, dtype=object)[np.asarray(predictions, dtype=int)]
