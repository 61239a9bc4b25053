"""Which share of each class is recognised in every protected group, with bootstrap intervals.

Drawing rows with replacement and counting, in each group, the rows of a class that are recognised is one multinomial
draw of the table of counts, so the counts are drawn (Efron 1979, Bootstrap methods, doi 10.1214/aos/1176344552).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd


def measure(
    y: pd.Series,
    predictions: np.ndarray,
    group_table: pd.DataFrame,
    outcomes: Sequence[str],
    seed: int,
    minimum_cases: int = 10,
    draws: int = 1000,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Recall of each class by group, for every protected attribute.

    Parameters
    ----------
    y, predictions : of shape (n_rows,)
        Codes of labels and decisions.
    group_table : DataFrame of shape (n_rows, n_attributes)
        One text column for each protected attribute.
    outcomes : sequence of str
        What the codes mean.
    seed : int
        Of the bootstrap.
    minimum_cases : int
        A share that rests on fewer rows of its group and class is not given.
    draws : int
        Bootstrap draws.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Evidence: by attribute and class the recall of each group, and the largest minus the smallest of them. What
        cannot be told is None.
    """
    labels, right = np.asarray(y, dtype=int), np.asarray(predictions, dtype=int) == np.asarray(y, dtype=int)
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]

    def interval(value: float, sample: np.ndarray) -> dict[str, float | None]:
        known = sample[~np.isnan(sample)]
        if np.isnan(value) or not len(known):
            return {"value": None, "low": None, "high": None}
        low, high = np.quantile(known, ends)
        return {"value": round(float(value), 6), "low": round(float(low), 6), "high": round(float(high), 6)}

    attributes, untold = {}, []
    for attribute in group_table.columns:
        names, codes = np.unique(group_table[attribute].astype(str), return_inverse=True)
        counts = np.zeros((len(outcomes), len(names), 2), dtype=int)
        np.add.at(counts, (labels, codes, right.astype(int)), 1)
        source = np.random.default_rng(seed)
        drawn = source.multinomial(len(labels), (counts / len(labels)).ravel(), size=draws)
        spread = _recall(drawn.reshape(draws, *counts.shape), counts, minimum_cases)
        point = _recall(counts, counts, minimum_cases)
        classes = {}
        for code, outcome in enumerate(outcomes):
            known = ~np.isnan(point[code])
            several = known.sum() >= 2
            classes[outcome] = {
                "groups": {
                    str(name): {"count": int(counts[code, place].sum())}
                    | {"recall": interval(point[code, place], spread[:, code, place])}
                    for place, name in enumerate(names)
                },
                "recall_difference": interval(
                    float(np.ptp(point[code][known])) if several else float("nan"),
                    np.ptp(spread[:, code][:, known], axis=1) if several else np.array([]),
                ),
            }
            untold += [f"{outcome} of {name} ({attribute})" for name in names[~known]]
        attributes[str(attribute)] = classes
    because = f"recall with {confidence:.0%} intervals was measured for each class and group"
    if untold:
        because += f"; resting on fewer than {minimum_cases} rows and left out: {', '.join(untold)}"
    measured = {"attributes": attributes, "confidence": confidence, "draws": draws, "rows": len(labels)}
    return {"measured": measured, "because": because}


def _recall(counts: np.ndarray, observed: np.ndarray, minimum_cases: int) -> np.ndarray:
    """Share of recognised rows of each class and group; NaN where there were too few to tell."""
    below = counts.sum(axis=-1)
    told = (observed.sum(axis=-1) >= minimum_cases) & (below > 0)
    return np.divide(counts[..., 1], below, out=np.full(below.shape, np.nan), where=told)
