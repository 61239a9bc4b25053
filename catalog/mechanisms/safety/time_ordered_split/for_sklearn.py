"""Test rows that are later than every training row, and about nobody whom training has seen.

A model in use meets rows later than those it learned from; rows drawn at random test it on their contemporaries. Where
a person has rows on both sides of the cut, the earlier ones are left out of training rather than the later ones out of
the test. Otherwise the test would hold newcomers and rare rows only: other base rates and other shares of the groups
than the model will meet, so that no figure by group means anything. The price is a smaller training part.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def split(
    table: pd.DataFrame,
    target: str,
    labels: pd.Series,
    person: str | None,
    time: str,
    time_format: str | None,
    latest_share: float = 0.3,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a table at the moment after which about a given share of its rows came about.

    Rows of one moment stay together, and all later rows are tested. Earlier rows about a person of the test part are in
    neither part; without a column naming the person, earlier rows that equal a test row in everything but label and
    time are.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        Rows as they were read, target and time among the columns.
    target : str
        Column of the label.
    labels : Series of shape (n_rows,)
        The same as numbers: whole ones are codes of classes, others quantities.
    person : str or None
        Column naming the person a row is about.
    time : str
        Column that says when a row came about.
    time_format : str or None
        How it is written, as ``strptime`` reads it; None for a number.
    latest_share : float
        Share of rows after the cut, between 0 and 1; of two moments equally near to it, the earlier one is cut at.

    Returns
    -------
    train, test : DataFrame
        Rows in their first order, with their index.

    Raises
    ------
    ValueError
        If a row has no label, names no person or has no readable time, all rows have the same time, or a part has too
        few rows or lacks a class.
    """
    unlabelled = int(table[target].isna().sum())
    if unlabelled:
        raise ValueError(f'{unlabelled} rows have no "{target}"; drop them first')
    moment = moments(table[time], time_format)
    rows = moment.value_counts().sort_index()
    if len(rows) < 2:
        raise ValueError(f'every row has the same time in "{time}"; none is later than the others')
    later = 1 - rows.cumsum() / len(table)
    cut = (later.iloc[:-1] - latest_share).abs().idxmin()
    in_test = (moment > cut).to_numpy()
    met_again = _in_group_of(in_test, row_groups(table, target, person, time))
    in_train = ~in_test & ~met_again
    where = f'a cut after {_shown(cut)} in "{time}" and {(~in_test & met_again).sum()} earlier rows left out'
    for part, chosen in (("training", in_train), ("test", in_test)):
        if chosen.sum() < 2:
            raise ValueError(f"{chosen.sum()} {part} rows are too few, with {where} since the test has their like")
        if pd.api.types.is_integer_dtype(labels):
            classes = labels.nunique()
            lacking = classes - labels[chosen].nunique()
            if lacking:
                raise ValueError(f'the {part} rows lack {lacking} of {classes} classes of "{target}", with {where}')
    return table[in_train], table[in_test]


def report(
    table: pd.DataFrame,
    train_rows: pd.DataFrame,
    test_rows: pd.DataFrame,
    target: str,
    person: str | None,
    time: str,
    time_format: str | None,
) -> dict[str, Any]:
    """Say where the cut lies and how many rows it left out, looked up in the two parts themselves.

    Returns
    -------
    dict
        Evidence; it holds when every test row is later than every training row and about nobody of training.
    """
    left_out = len(table) - len(train_rows) - len(test_rows)
    both = pd.concat([train_rows, test_rows], ignore_index=True)
    in_train = np.arange(len(both)) < len(train_rows)
    moment = moments(both[time], time_format)
    until, begins = moment[in_train].max(), moment[~in_train].min()
    shared = int((_in_group_of(in_train, row_groups(both, target, person, time)) & ~in_train).sum())
    because = (
        f"Training has {len(train_rows)} rows up to {_shown(until)}, the test {len(test_rows)} from {_shown(begins)} "
        "on; "
    )
    if until >= begins:
        because += "so some test rows are not later than all training rows"
    elif shared:
        because += f"training has seen the people or contents of {shared} test rows"
    else:
        like = "about people of the test" if person is not None else "equal to a test row in all but label and time"
        because += f"{left_out} earlier rows are left out of training, being {like}"
    return {
        "measured": {
            "train_rows": len(train_rows),
            "test_rows": len(test_rows),
            "left_out_rows": left_out,
            "train_until": _shown(until),
            "test_from": _shown(begins),
            "shared_rows": shared,
        },
        "holds": bool(until < begins) and not shared,
        "because": because,
    }


def moments(column: pd.Series, time_format: str | None) -> pd.Series:
    """When each row came about, as numbers or as moments in UTC that can be compared; of the column's shape.

    Raises
    ------
    ValueError
        If a time is missing or cannot be read.
    """
    if time_format is None:
        read = pd.to_numeric(column, errors="coerce").replace([np.inf, -np.inf], np.nan)
        kind = "number"
    else:
        read = pd.to_datetime(column.astype("string").str.strip(), format=time_format, errors="coerce", utc=True)
        kind = f"time written as {time_format}"
    unread = int(read.isna().sum())
    if unread:
        raise ValueError(f'{unread} rows have no {kind} in "{column.name}"; fill or drop them first')
    return read


def row_groups(table: pd.DataFrame, target: str, person: str | None, time: str) -> np.ndarray:
    """Number of the person of each row; without a person column, equal for rows alike but for label and time."""
    if person is not None:
        unnamed = int(table[person].isna().sum())
        if unnamed:
            raise ValueError(f'{unnamed} rows name no person in "{person}"; fill or drop them first')
        return table.groupby(person, sort=False).ngroup().to_numpy()
    features = [column for column in table.columns if column not in (target, time)]
    if not features:
        return np.arange(len(table))
    return table.groupby(features, sort=False, dropna=False).ngroup().to_numpy()


def _in_group_of(rows: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Whether each row is in the group of one of the given rows."""
    return np.isin(group, group[rows])


def _shown(moment: Any) -> str:
    """A moment as people read it."""
    if isinstance(moment, pd.Timestamp):
        return moment.strftime("%Y-%m-%d" if moment == moment.normalize() else "%Y-%m-%d %H:%M:%S")
    return str(int(moment)) if float(moment).is_integer() else str(float(moment))
