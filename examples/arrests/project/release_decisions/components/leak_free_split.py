"""Training and test rows that share no person and no identical row."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


def split(
    table: pd.DataFrame,
    target: str,
    labels: pd.Series,
    person: str | None,
    seed: int,
    test_share: float = 0.3,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a table so that no person, or no set of identical rows, stands on both sides.

    Whole persons are drawn. Classes are stratified: a person counts by the class that most of their rows carry. Without
    a column naming the person, rows alike in everything but the label are taken for one person: a copy of a training
    row in the test part would be answered from memory.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        Rows as they were read, the target among the columns.
    target : str
        Column of the label.
    labels : Series of shape (n_rows,)
        The same as numbers: whole ones are codes of classes, others quantities.
    person : str or None
        Column naming the person a row is about.
    seed : int
        Of the draw.
    test_share : float
        Share of persons in the test part, between 0 and 1.

    Returns
    -------
    train, test : DataFrame
        Rows in their first order, with their index.

    Raises
    ------
    ValueError
        If a row names no person or has no label, or there are too few persons for each label.
    """
    unlabelled = int(table[target].isna().sum())
    if unlabelled:
        raise ValueError(f'{unlabelled} rows have no "{target}"; drop them first')
    group = row_groups(table, target, person)
    if pd.api.types.is_integer_dtype(labels):
        label = _usual_label(labels, group)
        fewest = label.value_counts().min()
        if label.nunique() > 1 and fewest < 2:
            raise ValueError(f'a label of "{target}" occurs for one person only; it cannot be in both parts')
        persons, strata = label.index.to_numpy(), label.to_numpy()
    else:
        persons, strata = np.unique(group), None
    train_groups, _ = train_test_split(persons, test_size=test_share, stratify=strata, random_state=seed)
    in_train = np.isin(group, train_groups)
    train, test = table[in_train], table[~in_train]
    shared = overlap(train, test, target, person)
    if shared:
        raise ValueError(f"{shared} test rows are in the training part too")
    return train, test


def _usual_label(labels: pd.Series, group: np.ndarray) -> pd.Series:
    """The most frequent label of each group; of equally frequent ones the smaller."""
    counts = (
        pd.DataFrame({"group": group, "label": labels.to_numpy()}).value_counts(sort=False).reset_index(name="rows")
    )
    first = counts.sort_values(["group", "rows", "label"], ascending=[True, False, True]).drop_duplicates("group")
    return first.set_index("group")["label"]


def row_groups(table: pd.DataFrame, target: str, person: str | None) -> np.ndarray:
    """Number of the person of each row; without a person column, equal for rows alike in everything but the label."""
    if person is not None:
        unnamed = int(table[person].isna().sum())
        if unnamed:
            raise ValueError(f'{unnamed} rows name no person in "{person}"; fill or drop them first')
        return table.groupby(person, sort=False).ngroup().to_numpy()
    features = [column for column in table.columns if column != target]
    return table.groupby(features, sort=False, dropna=False).ngroup().to_numpy()


def overlap(train: pd.DataFrame, test: pd.DataFrame, target: str, person: str | None) -> int:
    """How many test rows are about a person of the training part.

    Without a person column, how many equal a training row in everything but the label.
    """
    if person is not None:
        return int(test[person].isin(train[person]).sum())
    features = [column for column in train.columns if column != target]
    known, rows = (pd.util.hash_pandas_object(part[features], index=False) for part in (train, test))
    return int(rows.isin(known).sum())
