"""The table as it was read against what the project was designed for."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

_SHOWN = 5


def check(
    table: pd.DataFrame,
    target: str,
    numeric: Sequence[str],
    categorical: Sequence[str],
    levels: Mapping[str, Sequence[str]],
    ranges: Mapping[str, tuple[float, float]],
) -> dict[str, Any]:
    """Refuse a table that the project cannot use, and report what is new in it.

    Missing columns, text where numbers belong, infinite numbers and rows without a label are errors. Numbers outside
    the range and levels not among those seen when the project was made are reported: the model takes them, but nothing
    was learnt about them.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        Rows as they were read.
    target : str
        Column of the label; no value may be missing.
    numeric, categorical : sequence of str
        Columns the model reads; values may be missing.
    levels : mapping
        Levels seen for each categorical column.
    ranges : mapping
        Smallest and largest value seen for each numeric column.

    Returns
    -------
    dict
        Evidence; ``holds`` is False when there is something new.

    Raises
    ------
    ValueError
        If the table must not be used; every fault is named.
    """
    if table.empty:
        raise ValueError("the table has no rows")
    failures = _failures(usable_schema(target, numeric, categorical), table)
    if len(failures):
        raise ValueError("this table cannot be used:\n" + "\n".join(f"  {fault}" for fault in _faults(failures)))

    news = _failures(familiar_schema(levels, ranges), table)
    outside = {column: int((news["column"] == column).sum()) for column in ranges if column in set(news["column"])}
    unseen = {
        column: sorted(set(news.loc[news["column"] == column, "failure_case"].map(str)))
        for column in levels
        if column in set(news["column"])
    }
    columns = [*numeric, *categorical]
    measured = {
        "rows": len(table),
        "columns": len(columns) + 1,
        "missing": {column: int(count) for column, count in table[columns].isna().sum().items() if count},
        "outside_range": outside,
        "unseen_levels": unseen,
    }
    told = [f"{count} values of {column} are outside {_range(ranges[column])}" for column, count in outside.items()]
    told += [f"{column} has levels not seen before: {_some(values)}" for column, values in unseen.items()]
    return {
        "measured": measured,
        "holds": not told,
        "because": "; ".join(told) if told else f"all {len(table)} rows fit the {len(columns) + 1} columns described",
    }


def usable_schema(target: str, numeric: Sequence[str], categorical: Sequence[str]) -> pa.DataFrameSchema:
    """What a table must satisfy to be used at all."""
    a_number = pa.Check(pd.api.types.is_numeric_dtype, error="holds text where numbers belong")
    finite = pa.Check(lambda values: ~np.isinf(pd.to_numeric(values, errors="coerce")), error="holds infinite numbers")
    columns = {name: pa.Column(None, checks=[a_number, finite], nullable=True) for name in numeric}
    columns |= {name: pa.Column(None, nullable=True) for name in categorical}
    columns[target] = pa.Column(None, nullable=False)
    return pa.DataFrameSchema(columns, strict=False)


def familiar_schema(
    levels: Mapping[str, Sequence[str]], ranges: Mapping[str, tuple[float, float]]
) -> pa.DataFrameSchema:
    """What the values were like when the project was made."""
    columns = {
        name: pa.Column(None, checks=[pa.Check.in_range(low, high)], nullable=True)
        for name, (low, high) in ranges.items()
    }
    for name, known in levels.items():
        is_known = pa.Check(lambda value, known=frozenset(known): str(value) in known, element_wise=True)
        columns[name] = pa.Column(None, checks=[is_known], nullable=True)
    return pa.DataFrameSchema(columns, strict=False)


def _failures(schema: pa.DataFrameSchema, table: pd.DataFrame) -> pd.DataFrame:
    """Pandera's failure cases: column, check and value of each; no rows if the schema holds."""
    with warnings.catch_warnings():
        # pandera 0.35 joins its failure cases in a way that pandas 2.3 announces to change.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            schema.validate(table, lazy=True)
        except SchemaErrors as found:
            cases: pd.DataFrame = found.failure_cases
            return cases
    return pd.DataFrame(columns=["column", "check", "failure_case"])


def _faults(failures: pd.DataFrame) -> list[str]:
    told = []
    for (column, check), cases in failures.fillna({"column": ""}).groupby(["column", "check"], sort=True):
        if check == "column_in_dataframe":
            told += [f'there is no column "{name}"' for name in cases["failure_case"]]
        elif check == "not_nullable":
            told.append(f'"{column}" is missing in {len(cases)} rows')
        else:
            told.append(f'"{column}" {check}')
    return told


def _range(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


def _some(values: Sequence[str]) -> str:
    shown = ", ".join(values[:_SHOWN])
    return shown if len(values) <= _SHOWN else f"{shown} and {len(values) - _SHOWN} more"
