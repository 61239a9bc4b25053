"""Past cases like the one decided: the nearest training rows, and whether they ended as the model now says.

Distance follows Wilson and Martinez (1997), Improved heterogeneous distance functions, section 2.3: numbers by their
range, everything else by equality; here the mean over the columns instead of the root of the sum of squares: 0 for
equal rows, 1 for rows that share nothing. Two gaps are equal.
Cases explain a decision only if they speak for it more than cases drawn at random would, which is what is judged. A
case is somebody's record: evidence holds distances and agreement, never a row; `nearest` is for those who may see rows.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

_DRAWS = 1000


def measure(
    model: Any,
    X_train: pd.DataFrame,
    y_train: pd.Series,
    X_test: pd.DataFrame,
    seed: int,
    cases: int = 5,
    rows: int = 200,
    farthest: float = 0.1,
    fewest_rows: int = 30,
) -> dict[str, Any]:
    """Compare what the model says of test rows with how the nearest training rows ended.

    Parameters
    ----------
    model : estimator
        Trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
    y_train : Series of shape (n_rows,)
        How each training row ended; whole numbers are classes, others the quantity itself.
    seed : int
        Of the draws.
    cases : int
        Nearest training rows shown for a decision.
    rows : int
        Test rows tried.
    farthest : float
        A case beyond this distance is not called similar.
    fewest_rows : int
        With fewer test rows nothing is judged.

    Returns
    -------
    dict
        Evidence. The gap of a case is 1 if it ended otherwise than the model says, and 0 if not; of numbers, their
        absolute difference. It holds if the nearest cases have clearly smaller gaps than all training rows on average.
    """
    started = time.perf_counter()
    drawn = X_test.sample(min(rows, len(X_test)), random_state=seed)
    said = np.asarray(model.predict(drawn))
    positions, distances = nearest(drawn, X_train, cases)
    ended = y_train.to_numpy()
    are_classes = pd.api.types.is_integer_dtype(y_train)
    of_nearest = _gaps(ended[positions], said[:, None], are_classes).mean(axis=1)
    of_all = np.array([_gaps(ended, one, are_classes).mean() for one in said])
    gain = of_all - of_nearest
    draws = np.random.default_rng(seed).integers(len(gain), size=(_DRAWS, len(gain)))
    low, high = (round(float(end), 6) for end in np.quantile(gain[draws].mean(axis=1), [0.025, 0.975]))
    measured = {
        "rows": len(drawn),
        "cases": positions.shape[1],
        "gap": "share that ended otherwise" if are_classes else "absolute difference",
        "gap_of_similar_cases": round(float(of_nearest.mean()), 6),
        "gap_of_all_cases": round(float(of_all.mean()), 6),
        "gain": {"value": round(float(gain.mean()), 6), "low": low, "high": high},
        "median_distance": round(float(np.median(distances)), 6),
        "share_with_similar_cases": round(float((distances[:, -1] <= farthest).mean()), 6),
        "seconds_per_row": round((time.perf_counter() - started) / len(drawn), 4),
    }
    threshold = {"gain": 0.0, "farthest": farthest}
    told = (
        f"the {positions.shape[1]} most similar cases differ from what the model says by {of_nearest.mean():.3g} on "
        f"average, all cases by {of_all.mean():.3g}; the gain is {gain.mean():.3g} [{low:.3g}, {high:.3g}]"
    )
    if len(drawn) < fewest_rows:
        holds, because = None, f"{len(drawn)} test rows were tried, {fewest_rows} are needed"
    elif low > 0:
        holds, because = True, told
    elif high <= 0:
        holds, because = False, f"{told}: they do not speak for its decisions"
    else:
        holds, because = None, f"{told}, which may be chance"
    return {"measured": measured, "threshold": threshold, "holds": holds, "because": because}


def nearest(rows: pd.DataFrame, X_train: pd.DataFrame, cases: int) -> tuple[np.ndarray, np.ndarray]:
    """The training rows most like each row.

    Parameters
    ----------
    rows, X_train : DataFrame of shape (n_rows, n_columns)
    cases : int
        How many for each row; at most all.

    Returns
    -------
    positions : array of int of shape (n_rows, cases)
        In ``X_train``, nearest first; of equally near ones the first.
    distances : array of float of shape (n_rows, cases)
        From 0 to 1, and above where a number lies outside the range of its column in training.
    """
    columns = []
    for column in X_train.columns:
        known = X_train[column]
        if pd.api.types.is_numeric_dtype(known):
            spread = known.max() - known.min()
            scale = float(spread) if spread > 0 else 1.0
            columns.append((known.to_numpy(dtype=float) / scale, rows[column].to_numpy(dtype=float) / scale, True))
        else:
            codes, levels = pd.factorize(known)
            # A level that training never had equals no other; a gap is coded -1 like every other gap.
            own = np.where(
                rows[column].isna(), -1, np.where(rows[column].isin(levels), levels.get_indexer(rows[column]), -2)
            )
            columns.append((codes, own, False))
    count = min(cases, len(X_train))
    positions = np.empty((len(rows), count), dtype=int)
    distances = np.empty((len(rows), count))
    for place in range(len(rows)):
        total = np.zeros(len(X_train))
        for known, own, is_number in columns:
            if is_number:
                gap = np.abs(known - own[place])
                total += np.where(np.isnan(gap), np.isnan(known) != np.isnan(own[place]), gap)
            else:
                total += known != own[place]
        order = np.argsort(total, kind="stable")[:count]
        positions[place], distances[place] = order, total[order] / len(columns)
    return positions, distances


def _gaps(ended: np.ndarray, said: Any, are_classes: bool) -> np.ndarray:
    return (ended != said).astype(float) if are_classes else np.abs(ended - said)
