"""No prediction for rows that are unlike everything the model learnt from.

For each column the training rows say which numbers and texts occurred, and whether values may be missing. What lies
outside is refused with its reason, since nothing was learnt about it, and a service that answers anyway hides the error
from whoever made it. Each column is looked at by itself: an unusual combination of usual values passes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

#: Beside the model.
_FILE = "training_domain.json"

_LOG = logging.getLogger(__name__)


def learn(
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    model_file: Path,
    numeric: Sequence[str],
    categorical: Sequence[str],
    margin: float = 0.0,
    largest_share: float = 0.05,
) -> dict[str, Any]:
    """Write down beside the model what occurred in training, and count the test rows that would be refused.

    Parameters
    ----------
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
    model_file : Path
        The trained model; ``training_domain.json`` is written to its folder.
    numeric, categorical : sequence of str
        Columns that are watched.
    margin : float
        How far beyond the smallest and largest training value a number may lie, as a share of the distance between
        them.
    largest_share : float
        Largest share of test rows that may be refused; more of them say that the model is used on other people than it
        was made for, or learnt from too few.

    Returns
    -------
    dict
        Evidence.
    """
    domain = domain_of(X_train, numeric, categorical, margin)
    text = json.dumps(domain, indent=2, ensure_ascii=False, sort_keys=True)
    model_file.with_name(_FILE).write_text(text + "\n", encoding="utf-8")
    reasons = outside(X_test, domain)
    refused = int((reasons != "").sum())
    share = refused / len(X_test)
    holds = share <= largest_share
    counts = {
        column: int((found != "").sum())
        for column in domain
        if ((found := outside(X_test[[column]], {column: domain[column]})) != "").any()
    }
    return {
        "measured": {"rows": len(X_test), "refused": refused, "share": round(share, 6), "by_column": counts},
        "threshold": {"share": largest_share},
        "holds": holds,
        "because": (
            f"{refused} of {len(X_test)} test rows ({share:.1%}) have values that no training row has and would be "
            f"refused, {'not more' if holds else 'more'} than {largest_share:.0%}"
        ),
    }


def refuse(X: pd.DataFrame, results: pd.Series, model_file: Path) -> pd.Series:
    """Results without those of rows that are outside; the reasons are logged, by the index of the row.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_columns)
    results : Series of shape (n_rows,)
        What the model says of them.
    model_file : Path
        The model.

    Returns
    -------
    Series of shape (n_rows,)
        None where nothing was learnt about a row.

    Raises
    ------
    ValueError
        If nothing was written down when the model was trained.
    """
    path = model_file.with_name(_FILE)
    if not path.exists():
        raise ValueError(f"{path} is missing: it says what the model learnt from; train again")
    reasons = outside(X, json.loads(path.read_text(encoding="utf-8")))
    for row, reason in reasons[reasons != ""].items():
        _LOG.warning("row %s: no prediction: %s", row, reason)
    return results.astype(object).mask(reasons != "", None)


def domain_of(
    X: pd.DataFrame, numeric: Sequence[str], categorical: Sequence[str], margin: float
) -> dict[str, dict[str, Any]]:
    """For each column, which values occur, and whether some are missing; as JSON can hold it."""
    domain: dict[str, dict[str, Any]] = {}
    for column in numeric:
        low, high = float(X[column].min()), float(X[column].max())
        slack = margin * (high - low)
        # A column without any number knows no range; every number is then outside.
        ends = None if pd.isna(low) else [low - slack, high + slack]
        domain[column] = {"range": ends, "may_be_missing": bool(X[column].isna().any())}
    for column in categorical:
        levels = sorted(map(str, X[column].dropna().unique()))
        domain[column] = {"levels": levels, "may_be_missing": bool(X[column].isna().any())}
    return domain


def outside(X: pd.DataFrame, domain: dict[str, dict[str, Any]]) -> pd.Series:
    """What of each row is outside the domain, in words; empty where nothing is."""
    reasons = pd.Series("", index=X.index, dtype=object)
    for column, known in domain.items():
        values = X[column]
        if not known["may_be_missing"]:
            _add(reasons, values.isna(), f"{column} is missing, which it never was in training")
        if "levels" in known:
            strange = values.notna() & ~values.astype(str).isin(known["levels"])
            _add(reasons, strange, f"{column} has a value that never occurred in training")
            continue
        low, high = known["range"] or (float("inf"), float("-inf"))
        told = f"{low:g} to {high:g}" if low <= high else "anything known: training had no number there"
        _add(reasons, values.notna() & ~values.astype(float).between(low, high), f"{column} is outside {told}")
    return reasons


def _add(reasons: pd.Series, rows: pd.Series, reason: str) -> None:
    """Append a reason to those of some rows."""
    reasons[rows] = [f"{before}; {reason}" if before else reason for before in reasons[rows]]
