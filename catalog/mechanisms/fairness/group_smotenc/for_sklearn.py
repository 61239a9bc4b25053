"""Invented training rows for the rarer cells of protected group and label, in tables of numbers and categories.

A new row lies between a row of its cell and one of that row's nearest neighbours in the same cell; of categories it
takes those that most of the neighbours have (Chawla et al. 2002, SMOTE, section 6.1, as imbalanced-learn has it).
Numbers are measured in standard deviations when neighbours are sought: otherwise the column with the largest unit would
settle alone who is near.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import pandas as pd
from imblearn import FunctionSampler
from imblearn.over_sampling import SMOTENC

#: Stands for a gap while neighbours vote on a category; no text of a table is this.
_GAP = "\x00"


def balance(
    X: pd.DataFrame,
    y: pd.Series,
    groups: Callable[[pd.DataFrame], pd.Series],
    numeric: Sequence[str],
    categorical: Sequence[str],
    seed: int,
    neighbours: int = 5,
    most_growth: int = 20,
) -> tuple[pd.DataFrame, pd.Series]:
    """Invent rows until every cell of group and label is as large as the largest.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_columns)
    y : Series of shape (n_rows,)
        Labels.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    numeric, categorical : sequence of str
        All columns of ``X``, by kind; at least one of each.
    seed : int
        Of the inventions.
    neighbours : int
        Nearest rows of the same cell among which a new row may lie. A cell with no more rows than that stays as it is:
        nobody can tell what lies between so few.
    most_growth : int
        A cell grows at most to this multiple of its rows.

    Returns
    -------
    X, y
        The given rows as they are, followed by the invented ones, which have no numeric gaps.

    Raises
    ------
    ValueError
        If a row has no group, a group has one label only, or a column is of neither kind.
    """
    if not numeric or not categorical or set(X.columns) != {*numeric, *categorical}:
        raise ValueError("rows are invented from numeric and categorical columns, some of each and no others")
    membership = groups(X)
    missing = int(membership.isna().sum())
    if missing:
        raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
    # The place of the cell in the sorted list, since any text may occur in the name of a group.
    cells = pd.DataFrame({"group": membership.to_numpy(dtype=str), "label": y.to_numpy()})
    labels_by_group = cells.groupby("group")["label"].nunique()
    if labels_by_group.nunique() > 1:
        poor = labels_by_group.index[labels_by_group < labels_by_group.max()]
        raise ValueError(f"only one label occurs in: {', '.join(poor)}; nothing lies between rows that are not there")
    cell = cells.groupby(["group", "label"], sort=True).ngroup()
    counts = cell.value_counts().sort_index()
    tiny = counts.index[(counts <= neighbours) & (counts < counts.max())]
    if len(tiny):
        few = cells[cell.isin(tiny)].drop_duplicates().sort_values(["group", "label"])
        names = ", ".join(f"{group} with label {label}" for group, label in few.itertuples(index=False))
        warnings.warn(f"no rows are invented from {neighbours} or fewer: {names}", UserWarning, stacklevel=2)
    wanted = {
        place: min(int(counts.max()), int(count) * most_growth)
        for place, count in counts.items()
        if count > neighbours and min(int(counts.max()), int(count) * most_growth) > count
    }
    if not wanted:
        return X, y

    numbers = X[list(numeric)].astype(float)
    middle, deviation = numbers.median().fillna(0.0), numbers.std(ddof=0).replace(0.0, 1.0).fillna(1.0)
    texts = X[list(categorical)].astype(object)
    full = pd.concat([(numbers.fillna(middle) - middle) / deviation, texts.where(texts.notna(), _GAP)], axis=1)
    smote = SMOTENC(
        categorical_features=list(categorical), sampling_strategy=wanted, k_neighbors=neighbours, random_state=seed
    )
    made, made_cells = smote.fit_resample(full.reset_index(drop=True), cell)
    made, made_cells = made.iloc[len(X) :], made_cells.iloc[len(X) :]
    back = made[list(numeric)].astype(float) * deviation + middle
    words = made[list(categorical)].astype(object)
    invented = pd.concat([back, words.where(words != _GAP)], axis=1)[list(X.columns)]
    label_of = cells["label"].groupby(cell).first()
    more = pd.Series(label_of.loc[made_cells].to_numpy(), name=y.name)
    return pd.concat([X, invented], ignore_index=True), pd.concat([y, more], ignore_index=True).astype(y.dtype)


def sampler(
    groups: Callable[[pd.DataFrame], pd.Series],
    numeric: Sequence[str],
    categorical: Sequence[str],
    seed: int,
    neighbours: int = 5,
    most_growth: int = 20,
) -> FunctionSampler:
    """`balance` as a step of an imbalanced-learn pipeline; it acts in ``fit`` only."""
    arguments = {
        "groups": groups,
        "numeric": numeric,
        "categorical": categorical,
        "seed": seed,
        "neighbours": neighbours,
        "most_growth": most_growth,
    }
    return FunctionSampler(func=balance, kw_args=arguments, validate=False)
