"""What somebody learns about a person of whom he knows the identifying columns: l-diversity and t-closeness.

Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), l-diversity: privacy beyond k-anonymity, ACM TKDD 1(1),
doi 10.1145/1217299.1217302, definition 4.1 (distinct values) and 4.2 (entropy): in each class of rows alike in the
identifying columns the sensitive value takes at least l values. Li, Li and Venkatasubramanian (2007), t-closeness,
ICDE, doi 10.1109/ICDE.2007.367856, section 4: the earth mover's distance between the sensitive values of a class and of
the whole table is at most t; for texts every two values are one apart, for numbers neighbouring values 1/(m - 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

_MISSING = "missing"


def measure(
    X_train: pd.DataFrame,
    y_train: pd.Series,
    quasi_identifiers: Sequence[str],
    protected: Sequence[str],
    least_values: int = 2,
    largest_distance: float = 0.3,
    rare_share: float = 0.01,
) -> dict[str, Any]:
    """Diversity of the label and of every protected column within classes of training rows alike otherwise.

    Parameters
    ----------
    X_train : DataFrame of shape (n_rows, n_columns)
        Training rows as they are read, not as an anonymising wrapper shows them to the model.
    y_train : Series of shape (n_rows,)
        What is predicted; sensitive as well. Floats are quantities, ordered.
    quasi_identifiers : sequence of str
        Columns by which somebody could be recognised in combination; a protected one of them is not sensitive here.
    protected : sequence of str
        Protected columns.
    least_values : int
        Values that a sensitive column must take in each class.
    largest_distance : float
        Largest distance between the values of a class and of all rows, from 0 to 1.
    rare_share : float
        Share of the rows that may lie in classes beyond these limits.

    Returns
    -------
    dict
        Evidence: for each sensitive column the smallest l and the largest t over all classes, and the share of rows in
        classes beyond the limits; ``holds`` is None without identifying columns.
    """
    threshold = {"l": least_values, "t": largest_distance, "share_of_rows_beyond": rare_share}
    if not quasi_identifiers:
        because = "no columns are declared by which somebody could be recognised"
        return {"measured": {"rows": len(X_train)}, "threshold": threshold, "holds": None, "because": because}
    keys = X_train[list(quasi_identifiers)].astype(object).where(X_train[list(quasi_identifiers)].notna(), _MISSING)
    classes = keys.astype(str).groupby(list(quasi_identifiers), sort=False).ngroup().to_numpy()
    sizes = np.bincount(classes)
    sensitive = {"the label": y_train} | {
        column: X_train[column] for column in protected if column not in quasi_identifiers
    }
    figures: dict[str, dict[str, Any]] = {}
    for name, values in sensitive.items():
        counts, is_ordered = counts_by_class(classes, values)
        distinct, distance = (counts > 0).sum(axis=1), closeness(counts, is_ordered=is_ordered)
        figures[name] = {
            "distinct_l": int(distinct.min()),
            "entropy_l": round(float(entropy_diversity(counts).min()), 6),
            "t": round(float(distance.max()), 6),
            "share_below_l": round(float(sizes[distinct < least_values].sum() / len(classes)), 6),
            "share_above_t": round(float(sizes[distance > largest_distance].sum() / len(classes)), 6),
        }
    worst = max(figures, key=lambda name: (figures[name]["share_below_l"], figures[name]["share_above_t"]))
    holds = all(
        found["share_below_l"] <= rare_share and found["share_above_t"] <= rare_share for found in figures.values()
    )
    return {
        "measured": {"rows": len(classes), "classes": len(sizes), "smallest_class": int(sizes.min()), **figures},
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"whoever knows {', '.join(quasi_identifiers)} of a training row finds {len(sizes)} classes; "
            f"of {worst}, {figures[worst]['share_below_l']:.1%} of the rows are in classes with fewer than "
            f"{least_values} values and {figures[worst]['share_above_t']:.1%} in classes further than "
            f"{largest_distance:g} from all rows; {rare_share:.1%} is allowed"
        ),
    }


def counts_by_class(classes: np.ndarray, values: pd.Series) -> tuple[np.ndarray, bool]:
    """Rows of each class by sensitive value, and whether the values are ordered.

    Ordered values are those of quantities; above a hundred they are counted in a hundred groups of equal size, which
    lie in their order.
    """
    is_ordered = pd.api.types.is_float_dtype(values) and not values.isna().any()
    if is_ordered and values.nunique() > 100:
        codes = pd.qcut(values, 100, labels=False, duplicates="drop").to_numpy()
    elif is_ordered:
        codes = np.unique(values.to_numpy(), return_inverse=True)[1]
    else:
        codes = pd.factorize(values.astype(object).where(values.notna(), _MISSING).astype(str), sort=True)[0]
    counts = np.zeros((classes.max() + 1, codes.max() + 1), dtype=int)
    np.add.at(counts, (classes, codes), 1)
    return counts, is_ordered


def entropy_diversity(counts: np.ndarray) -> np.ndarray:
    """For each class the exponential of the entropy of its values: l where l values are equally frequent."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(np.exp(-(shares * logs).sum(axis=1)))


def closeness(counts: np.ndarray, *, is_ordered: bool) -> np.ndarray:
    """Earth mover's distance between the values of each class and of all rows, from 0 to 1."""
    apart = counts / counts.sum(axis=1, keepdims=True) - counts.sum(axis=0) / counts.sum()
    if is_ordered:
        return np.asarray(np.abs(apart.cumsum(axis=1)).sum(axis=1) / max(1, counts.shape[1] - 1))
    return np.asarray(np.abs(apart).sum(axis=1) / 2)
