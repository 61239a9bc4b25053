"""Gaps and outliers of the training rows, and rows with more gaps than any of them.

A model fills or skips gaps without a word. A column that is mostly gaps teaches little, and a row that lacks more than
any training row did gets a prediction made of fillings; such a row is left to a person. Outliers, beyond the fences of
Tukey (1977), Exploratory data analysis, section 2D, are counted and not judged: many a true value lies there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

#: Beside the model.
_FILE = "gap_rules.json"
#: The fences lie this many interquartile ranges beyond the quartiles.
_FENCE = 1.5

_LOG = logging.getLogger(__name__)


def learn(
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    model_file: Path,
    numeric: Sequence[str],
    largest_share: float = 0.3,
    most_beyond: int = 1,
) -> dict[str, Any]:
    """Measure gaps and outliers, and write beside the model how many gaps a row may have.

    Parameters
    ----------
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
    model_file : Path
        The trained model; ``gap_rules.json`` is written to its folder.
    numeric : sequence of str
        Columns whose outliers are counted.
    largest_share : float
        Largest share of gaps in a training column.
    most_beyond : int
        Gaps that a row may have beyond the most of any training row.

    Returns
    -------
    dict
        Evidence.
    """
    shares = X_train.isna().mean()
    most = int(X_train.isna().sum(axis=1).max()) + most_beyond
    rules = {"columns": list(map(str, X_train.columns)), "most_gaps_in_a_row": most}
    text = json.dumps(rules, indent=2, ensure_ascii=False)
    model_file.with_name(_FILE).write_text(text + "\n", encoding="utf-8")
    over = [str(column) for column in X_train.columns if shares[column] > largest_share]
    left = int((X_test.isna().sum(axis=1) > most).sum())
    held = f"{left} of {len(X_test)} test rows lack more values than {most} and would be left to a person"
    return {
        "measured": {
            "rows": len(X_train),
            "share_of_gaps": {str(column): round(float(share), 6) for column, share in shares.items()},
            "share_of_gaps_in_test_rows": {str(c): round(float(share), 6) for c, share in X_test.isna().mean().items()},
            "outliers": {column: int(outliers(X_train[column]).sum()) for column in numeric},
            "most_gaps_in_a_row": most,
            "test_rows_left_to_a_person": left,
        },
        "threshold": {"share_of_gaps": largest_share},
        "holds": not over,
        "because": (
            f"{', '.join(over)} lack more than {largest_share:.0%} of {len(X_train)} training values; {held}"
            if over
            else f"a training column lacks {shares.max():.1%} of its values at most, {largest_share:.0%} may be; {held}"
        ),
    }


def hold(X: pd.DataFrame, results: pd.Series, model_file: Path) -> pd.Series:
    """Results without those of rows with too many gaps; the reasons are logged, by the index of the row.

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
        None where a row lacks too much.

    Raises
    ------
    ValueError
        If nothing was written down when the model was trained.
    """
    path = model_file.with_name(_FILE)
    if not path.exists():
        raise ValueError(f"{path} is missing: it says how many gaps a row may have; train again")
    rules = json.loads(path.read_text(encoding="utf-8"))
    gaps = X[rules["columns"]].isna().sum(axis=1)
    lacking = gaps > rules["most_gaps_in_a_row"]
    for row, count in gaps[lacking].items():
        _LOG.warning("row %s: no prediction: %d values are missing, more than in training", row, count)
    return results.astype(object).mask(lacking, None)


def outliers(values: pd.Series) -> pd.Series:
    """Whether a number lies more than one and a half interquartile ranges beyond the quartiles; gaps do not."""
    low, high = values.quantile([0.25, 0.75])
    slack = _FENCE * (high - low)
    return values.lt(low - slack) | values.gt(high + slack)
