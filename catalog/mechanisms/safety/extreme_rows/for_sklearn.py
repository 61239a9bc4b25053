"""How well a model does on the rows that are least like those it learnt from.

Which rows these are is decided by an isolation forest: Liu, Ting and Zhou (2008), Isolation forest, ICDM 2008, doi
10.1109/ICDM.2008.17. It grows random trees over the training rows; a row that few splits part from all others has an
extreme value or an unusual combination of values. The rows are real test rows with true labels: a row made extreme by
hand would have a label that nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest

Quality = Callable[[pd.Series, np.ndarray], float]

#: Fewer rows of a kind, or of a class among them, leave the question open.
_LEAST_ROWS, _LEAST_OF_A_CLASS = 50, 10
#: More rows of a kind make the bootstrap slower, and the interval no narrower than anybody needs.
_MOST_ROWS = 10_000
_DRAWS = 300


def measure(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    y_test: pd.Series,
    numeric: Sequence[str],
    categorical: Sequence[str],
    quality: Quality,
    seed: int,
    share: float = 0.1,
    largest_drop: float = 0.03,
) -> dict[str, Any]:
    """Quality on the strangest test rows against that on the others.

    Parameters
    ----------
    model : estimator
        The trained model.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
    y_test : Series of shape (n_rows,)
        Whole numbers are codes of classes, floats quantities.
    numeric, categorical : sequence of str
        Columns that a row can be strange in.
    quality : callable
        Gives one figure for labels and predictions, 1 for perfect ones: balanced accuracy of classes, R² of numbers.
    seed : int
        Of the forest and of the bootstrap.
    share : float
        Share of the training rows that count as strange; a test row does if it is at least as strange as they.
    largest_drop : float
        Largest loss of quality allowed on strange rows; 0.03 is three points.

    Returns
    -------
    dict
        Evidence, with a 95 % bootstrap interval; ``holds`` is None where it contains the limit, or where too few rows
        are strange.
    """
    train, test = (encoded(X, X_train, numeric, categorical) for X in (X_train, X_test))
    forest = IsolationForest(random_state=seed).fit(train)
    is_strange = forest.score_samples(test) <= np.quantile(forest.score_samples(train), share)
    threshold = {"quality_drop": largest_drop}
    told = {
        "rows": len(X_test),
        "strange_rows": int(is_strange.sum()),
        "rows_outside_training_range": int(outside_range(X_test, X_train, numeric).sum()),
    }
    lack = _lack(np.asarray(y_test), is_strange)
    if lack:
        return {"measured": told, "threshold": threshold, "holds": None, "because": lack}
    source = np.random.default_rng(seed)
    parts = []
    for rows in (np.flatnonzero(~is_strange), np.flatnonzero(is_strange)):
        taken = np.sort(source.choice(rows, min(len(rows), _MOST_ROWS), replace=False))
        parts.append((y_test.iloc[taken], np.asarray(model.predict(X_test.iloc[taken]))))
    usual, strange = (quality(*part) for part in parts)
    drop = usual - strange
    drawn = [_drawn(parts[0], quality, source) - _drawn(parts[1], quality, source) for _ in range(_DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    holds = True if high <= largest_drop else False if low > largest_drop else None
    verdict = {True: "not more than", False: "more than", None: "not clearly more or less than"}[holds]
    return {
        "measured": {
            **told,
            "quality_of_usual_rows": round(usual, 6),
            "quality_of_strange_rows": round(strange, 6),
            "quality_drop": {"value": round(drop, 6), "low": round(float(low), 6), "high": round(float(high), 6)},
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"quality is {strange:.3f} on the {int(is_strange.sum())} strangest of {len(X_test)} test rows and "
            f"{usual:.3f} on the others, a drop of {drop:.3f} [{low:.3f}, {high:.3f}], {verdict} {largest_drop:g}"
        ),
    }


def encoded(X: pd.DataFrame, X_train: pd.DataFrame, numeric: Sequence[str], categorical: Sequence[str]) -> pd.DataFrame:
    """Numbers as they are, each text as the share of training rows that carry it, and where numbers are missing.

    A missing number becomes the median of the training rows, with a column of its own that says so; a text that no
    training row has becomes 0.
    """
    columns: dict[str, pd.Series] = {}
    for place, column in enumerate(numeric):
        values = X[column].astype(float)
        middle = X_train[column].astype(float).median()
        columns[f"number {place}"] = values.fillna(0.0 if np.isnan(middle) else middle)
        columns[f"missing {place}"] = values.isna().astype(float)
    for place, column in enumerate(categorical):
        shares = X_train[column].value_counts(normalize=True, dropna=False)
        columns[f"text {place}"] = X[column].map(shares).astype(float).fillna(0.0)
    return pd.DataFrame(columns, index=X.index)


def outside_range(X: pd.DataFrame, X_train: pd.DataFrame, numeric: Sequence[str]) -> pd.Series:
    """Whether some number of a row is smaller or larger than that of every training row."""
    outside = pd.Series(False, index=X.index)
    for column in numeric:
        outside |= X[column].lt(X_train[column].min()) | X[column].gt(X_train[column].max())
    return outside


def _lack(labels: np.ndarray, is_strange: np.ndarray) -> str:
    """Why nothing can be said; empty if it can."""
    if min(is_strange.sum(), (~is_strange).sum()) < _LEAST_ROWS:
        return f"{int(is_strange.sum())} of {len(labels)} test rows are strange; either kind needs {_LEAST_ROWS}"
    if np.issubdtype(labels.dtype, np.integer):
        fewest = min(int((labels[is_strange] == label).sum()) for label in np.unique(labels))
        if fewest < _LEAST_OF_A_CLASS:
            return f"a class has {fewest} strange test rows; a figure needs {_LEAST_OF_A_CLASS}"
    return ""


def _drawn(part: tuple[pd.Series, np.ndarray], quality: Quality, source: np.random.Generator) -> float:
    """Quality on as many rows drawn with replacement, of each class as many as there are."""
    truth, answers = part
    labels = np.asarray(truth)
    if np.issubdtype(labels.dtype, np.integer):
        kinds = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        rows = np.concatenate([source.choice(kind, len(kind)) for kind in kinds])
    else:
        rows = source.integers(0, len(labels), len(labels))
    return quality(truth.iloc[rows], answers[rows])
