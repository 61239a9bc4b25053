"""Oversampling of the cells of protected group and label, so that all of them weigh alike in training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from imblearn import FunctionSampler
from imblearn.over_sampling import RandomOverSampler


def balance(
    X: pd.DataFrame,
    y: pd.Series,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    most_copies: int = 20,
) -> tuple[pd.DataFrame, pd.Series]:
    """Draw rows again until every cell of group and label is as large as the largest.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_columns)
    y : Series of shape (n_rows,)
        Labels.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    seed : int
        Of the draws.
    most_copies : int
        A cell grows at most to this multiple of its rows; otherwise a handful of people in a tiny cell would be
        repeated thousands of times and learnt by heart.

    Returns
    -------
    X, y
        The given rows, followed by those drawn again.

    Raises
    ------
    ValueError
        If a row has no group, or a group has one label only: it has no rows of the other to draw.
    """
    membership = groups(X)
    missing = int(membership.isna().sum())
    if missing:
        raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
    # The place of the cell in the sorted list, since any text may occur in the name of a group.
    cells = pd.DataFrame({"group": membership.to_numpy(dtype=str), "label": np.asarray(y)})
    labels_by_group = cells.groupby("group")["label"].nunique()
    if labels_by_group.nunique() > 1:
        poor = labels_by_group.index[labels_by_group < labels_by_group.max()]
        raise ValueError(f"only one label occurs in: {', '.join(poor)}; there is nothing to oversample")
    cell = cells.groupby(["group", "label"], sort=True).ngroup()
    counts = cell.value_counts()
    wanted = {place: min(int(counts.max()), int(count) * most_copies) for place, count in counts.items()}
    sampler = RandomOverSampler(sampling_strategy=wanted, random_state=seed)
    sampler.fit_resample(np.zeros((len(cell), 1)), cell)
    return X.iloc[sampler.sample_indices_], y.iloc[sampler.sample_indices_]


def sampler(groups: Callable[[pd.DataFrame], pd.Series], seed: int, most_copies: int = 20) -> FunctionSampler:
    """`balance` as a step of an imbalanced-learn pipeline; it acts in ``fit`` only."""
    return FunctionSampler(
        func=balance, kw_args={"groups": groups, "seed": seed, "most_copies": most_copies}, validate=False
    )
