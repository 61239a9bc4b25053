"""Whether a model gives away who was among its training rows.

Yeom, Giacomelli, Fredrikson and Jha (2018), Privacy risk in machine learning: analyzing the connection to overfitting,
CSF 2018, doi 10.1109/CSF.2018.00027: the adversary takes a row for a member where the loss of the model on it is small,
and his advantage is the share of members he so finds minus the share of others he takes for members (definition 4).
Their threshold is the mean training loss, which favours neither side; here it is chosen on half of the rows, as an
adversary with some known rows would, and the advantage is measured on the other half.

It is a lower bound: an attack with reference models (Carlini et al. 2022) may find more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

#: Rows of each kind; more make the interval narrower than anybody needs.
_MOST_ROWS = 10_000
#: Fewer of each kind leave the question open.
_LEAST_ROWS = 100
_DRAWS = 1000


def measure(
    model: Any,
    X_train: pd.DataFrame,
    y_train: pd.Series,
    X_test: pd.DataFrame,
    y_test: pd.Series,
    seed: int,
    largest_advantage: float = 0.1,
) -> dict[str, Any]:
    """Advantage of an adversary who knows rows with their labels and sees what the model says of them.

    Parameters
    ----------
    model : estimator
        Trained. Of a classifier with probabilities the adversary sees these, of another only the decisions, and of a
        regressor the numbers.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Members and others.
    y_train, y_test : Series of shape (n_rows,)
        Whole numbers are codes of classes, floats quantities.
    seed : int
        Of the rows drawn and of the bootstrap.
    largest_advantage : float
        Largest advantage allowed, from 0 (guessing) to 1 (everybody is found).

    Returns
    -------
    dict
        Evidence, with a 95 % bootstrap interval; ``holds`` is None where it contains the limit.
    """
    threshold = {"advantage": largest_advantage}
    count = min(len(X_train), len(X_test), _MOST_ROWS)
    if count < 2 * _LEAST_ROWS:
        because = f"{count} rows of a kind are too few to choose a threshold on and measure"
        return {"measured": {"rows": count}, "threshold": threshold, "holds": None, "because": because}
    source = np.random.default_rng(seed)
    members, others = (
        losses(model, X.iloc[rows], y.iloc[rows])
        for X, y in ((X_train, y_train), (X_test, y_test))
        for rows in [source.permutation(len(X))[:count]]
    )
    half = count // 2
    limit = best_threshold(members[:half], others[:half])
    found, mistaken = members[half:] <= limit, others[half:] <= limit
    value = float(found.mean() - mistaken.mean())
    # Counting in rows drawn with replacement is one binomial draw of the counts.
    size = count - half
    drawn = source.binomial(size, found.mean(), _DRAWS) / size - source.binomial(size, mistaken.mean(), _DRAWS) / size
    low, high = np.quantile(drawn, [0.025, 0.975])
    holds = True if high <= largest_advantage else False if low > largest_advantage else None
    verdict = {True: "not above", False: "above", None: "not clearly above or below"}[holds]
    return {
        "measured": {
            "rows_of_each_kind": size,
            "advantage": {"value": round(value, 6), "low": round(float(low), 6), "high": round(float(high), 6)},
            "members_found": round(float(found.mean()), 6),
            "others_taken_for_members": round(float(mistaken.mean()), 6),
            "loss_of_members": round(float(members.mean()), 6),
            "loss_of_others": round(float(others.mean()), 6),
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"whoever guesses from the loss who was trained on finds {found.mean():.1%} of the members and takes "
            f"{mistaken.mean():.1%} of the others for members: advantage {value:.3f} [{low:.3f}, {high:.3f}], "
            f"{verdict} {largest_advantage:g}"
        ),
    }


def losses(model: Any, X: pd.DataFrame, y: pd.Series) -> np.ndarray:
    """What the adversary sees of each row: 1 - probability of its class, whether it is decided wrongly, or the error.

    ``1 - p`` has the order of the log loss, which is all that a threshold needs, and no infinite values.
    """
    truth = np.asarray(y)
    if not np.issubdtype(truth.dtype, np.integer):
        return np.abs(truth - np.asarray(model.predict(X), dtype=float))
    if not hasattr(model, "predict_proba"):
        return (truth != np.asarray(model.predict(X))).astype(float)
    is_class = truth[:, None] == np.asarray(model.classes_)[None, :]
    return 1 - (np.asarray(model.predict_proba(X), dtype=float) * is_class).sum(axis=1)


def best_threshold(members: np.ndarray, others: np.ndarray) -> float:
    """The loss up to which rows are taken for members so that the advantage is largest; the smallest such loss."""
    candidates = np.unique(np.concatenate([members, others]))
    found = np.searchsorted(np.sort(members), candidates, side="right") / len(members)
    mistaken = np.searchsorted(np.sort(others), candidates, side="right") / len(others)
    return float(candidates[np.argmax(found - mistaken)])
