"""Several classes: each label has a code of its own, its place in the list of labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def coded(table: pd.DataFrame, target: str, labels: Sequence[str]) -> pd.Series:
    """Place of each label in the list of labels, from 0; of shape (n_rows,).

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
    target : str
        Column of the label, without missing values.
    labels : sequence of str
        Every label, in the order of the codes.

    Raises
    ------
    ValueError
        If a label is not in the list.
    """
    codes = table[target].map({label: code for code, label in enumerate(labels)})
    if codes.isna().any():
        strange = sorted(set(map(str, table[target][codes.isna()])))[:5]
        raise ValueError(f"column {target!r} has labels that are not listed: {', '.join(map(repr, strange))}")
    return codes.astype(int)


def worded(predictions: np.ndarray, outcomes: Sequence[str]) -> np.ndarray:
    """The label that each code means."""
    return np.asarray(outcomes, dtype=object)[np.asarray(predictions, dtype=int)]
