"""How much a model loses when its inputs are slightly wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    numeric: Sequence[str],
    categorical: Sequence[str],
    quality: Callable[[pd.Series, np.ndarray], float],
    seed: int,
    noise_share: float = 0.05,
    swap_share: float = 0.05,
    largest_drop: float = 0.03,
    repeats: int = 5,
) -> dict[str, Any]:
    """Quality of the predictions for disturbed test rows against that for the rows as they are.

    Parameters
    ----------
    model : estimator
        The trained model.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Their labels.
    numeric, categorical : sequence of str
        Columns to disturb.
    quality : callable
        Gives one figure for labels and predictions, 1 for perfect ones: balanced accuracy of classes, R² of numbers.
    seed : int
        Of the disturbances.
    noise_share, swap_share : float
        How strongly, see `disturbed`.
    largest_drop : float
        Largest allowed mean loss of quality; 0.03 is three points.
    repeats : int
        Disturbances tried, each with a seed of its own. Their mean decides, since the worst of many grows with their
        number; the worst is told.

    Returns
    -------
    dict
        Evidence; ``holds`` is None if the model refuses disturbed rows, as a model does that knows no rule for a
        protected group it has never seen.
    """
    undisturbed = np.asarray(model.predict(X))
    baseline = quality(y, undisturbed)
    settings = {"noise_share": noise_share, "swap_share": swap_share, "repeats": repeats}
    threshold = {"quality_drop": largest_drop}
    drops, changed = [], []
    for source in np.random.default_rng(seed).spawn(repeats):
        try:
            answers = np.asarray(model.predict(disturbed(X, numeric, categorical, noise_share, swap_share, source)))
        except ValueError as refusal:
            return {
                "measured": settings | {"quality": round(baseline, 6)},
                "threshold": threshold,
                "holds": None,
                "because": f"the model refuses disturbed rows ({' '.join(str(refusal).split())})",
            }
        drops.append(baseline - quality(y, answers))
        changed.append(float(np.mean(answers != undisturbed)))
    mean, worst = float(np.mean(drops)), max(drops)
    holds = mean <= largest_drop
    return {
        "measured": settings
        | {
            "quality": round(baseline, 6),
            "mean_drop": round(mean, 6),
            "worst_drop": round(worst, 6),
            "predictions_changed": round(float(np.mean(changed)), 6),
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"over {repeats} disturbances quality drops by {mean:.3f} on average, "
            f"{'not more' if holds else 'more'} than {largest_drop:g}, and by {worst:.3f} at worst; "
            f"{np.mean(changed):.1%} of predictions change"
        ),
    }


def disturbed(
    X: pd.DataFrame,
    numeric: Sequence[str],
    categorical: Sequence[str],
    noise_share: float,
    swap_share: float,
    source: np.random.Generator,
) -> pd.DataFrame:
    """A copy of the rows with small errors; missing values stay missing.

    Numbers get normal noise whose standard deviation is ``noise_share`` of that of their column. A share ``swap_share``
    of the texts is replaced by another level of their column.
    """
    copy = X.copy()
    for column in numeric:
        values = copy[column].astype(float)
        copy[column] = values + source.normal(0.0, 1.0, len(values)) * noise_share * values.std(ddof=0)
    for column in categorical:
        values = copy[column]
        levels = values.dropna().unique()
        if len(levels) < 2:
            continue
        codes = pd.Index(levels).get_indexer(values)
        hit = (source.random(len(values)) < swap_share) & (codes >= 0)
        steps = source.integers(1, len(levels), len(values))
        swapped = values.to_numpy(dtype=object).copy()
        swapped[hit] = np.asarray(levels, dtype=object)[(codes[hit] + steps[hit]) % len(levels)]
        copy[column] = pd.Series(swapped, index=values.index).astype(values.dtype)
    return copy
