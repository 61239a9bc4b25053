"""Reading the table, and what each part of it means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from release_decisions import settings
from release_decisions.components import binary_labels


def read(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read columns of the table.

    Parameters
    ----------
    path : Path
        CSV file with a header row.
    columns : list of str
        ``settings.COLUMNS``, or ``settings.INPUTS`` where nothing is known but what the model is given.

    Returns
    -------
    DataFrame of shape (n_rows, n_columns)
        Numbers as float, everything else as text; the declared markers, and nothing else, count as missing.

    Raises
    ------
    ValueError
        If a column is missing or a numeric column holds text.
    """
    table = pd.read_csv(
        path,
        dtype=str,
        keep_default_na=False,
        na_values=settings.MISSING,
        sep=settings.DELIMITER,
        encoding=settings.ENCODING,
    )
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise ValueError(f"{path}: these columns are missing: {', '.join(map(repr, lacking))}")
    table = table[columns].copy()
    for column in [name for name in settings.NUMERIC if name in columns]:
        try:
            # To the last digit, as the limits in the settings: `pd.to_numeric` may be off by one unit in the last place.
            table[column] = table[column].astype(float)
        except ValueError as fault:
            raise ValueError(f"{path}: column {column!r} holds something that is no number: {fault}") from None
    return table


def inputs(table: pd.DataFrame) -> pd.DataFrame:
    """Columns that the model is given, of shape (n_rows, n_inputs)."""
    return table[settings.INPUTS]


def labels(table: pd.DataFrame) -> pd.Series:
    """What is to be predicted, as a number for each row; of shape (n_rows,).

    Raises
    ------
    ValueError
        If a row has no label.
    """
    if table[settings.TARGET].isna().any():
        raise ValueError(f"{int(table[settings.TARGET].isna().sum())} rows have no label in {settings.TARGET!r}")
    return binary_labels.coded(table=table, target=settings.TARGET, favourable=settings.FAVOURABLE)


def worded(predictions: np.ndarray) -> np.ndarray:
    """Predictions as people read them, of shape (n_rows,)."""
    return binary_labels.worded(predictions=predictions, outcomes=settings.OUTCOMES)


def groups(X: pd.DataFrame) -> pd.Series:
    """Group of each row: the combination of its protected attributes, such as ``"female & Black"``."""
    table = group_table(X)
    joined = table.iloc[:, 0]
    for name in table.columns[1:]:
        joined = joined + " & " + table[name]
    return joined.rename("group")


def group_table(X: pd.DataFrame) -> pd.DataFrame:
    """Group of each row by each protected attribute, of shape (n_rows, n_attributes).

    Raises
    ------
    ValueError
        If a value belongs to no declared group.
    """
    return pd.DataFrame(
        {name: _labelled(X[rule["column"]], rule) for name, rule in settings.PROTECTED.items()}, index=X.index
    )


def _labelled(column: pd.Series, rule: dict) -> pd.Series:
    labels = pd.Series(rule["other"], index=column.index, dtype=object)
    for label, members in rule["groups"].items():
        labels[_belongs(column, members)] = label
    if labels.isna().any():
        strange = sorted(set(map(str, column[labels.isna()])))[:5]
        raise ValueError(f"column {column.name!r}: no group is declared for {', '.join(map(repr, strange))}")
    return labels.astype(str)


def _belongs(column: pd.Series, members: dict) -> pd.Series:
    if "values" in members:
        values = members["values"]
        return column.isin([float(value) for value in values] if is_numeric_dtype(column) else values)
    numbers = column.astype(float)
    return numbers.ge(members.get("from", float("-inf"))) & numbers.lt(members.get("below", float("inf")))
