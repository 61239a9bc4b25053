"""A limit on rows that repeat others."""

from __future__ import annotations

from typing import Any

import pandas as pd


def check(table: pd.DataFrame, largest_share: float) -> dict[str, Any]:
    """Refuse a table in which too many rows repeat an earlier row in every column.

    Parameters
    ----------
    table : DataFrame of shape (n_rows, n_columns)
        Rows as they were read, at least one; a missing value is equal to a missing value.
    largest_share : float
        Largest share of repeated rows, from 0 to 1.

    Returns
    -------
    dict
        Evidence.

    Raises
    ------
    ValueError
        If the share is larger.
    """
    repeated = int(table.duplicated().sum())
    share = repeated / len(table)
    because = f"{repeated} of {len(table)} rows repeat an earlier one."
    if share > largest_share:
        raise ValueError(f"this table cannot be used: {because} At most {largest_share:.0%} may.")
    return {
        "measured": {"rows": len(table), "repeated_rows": repeated, "share": round(share, 6)},
        "threshold": {"share": largest_share},
        "holds": True,
        "because": because,
    }
