"""What the model would say of the same people in another protected group.

Galhotra, Brun and Meliou (2017), Fairness testing, section 3: causal discrimination is the share of inputs whose output
changes when nothing but the protected attribute does. Only direct use shows in it. Columns that depend on the group
stay as they are, so that a model which reads the group off them passes: counterfactual fairness in the sense of Kusner
et al. (2017) would need a causal model of all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype, is_numeric_dtype


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    protected: Mapping[str, Mapping[str, Any]],
    group_table: pd.DataFrame,
    outcome: Callable[[Any, pd.DataFrame], pd.Series],
    seed: int,
    largest_share: float = 0.05,
    largest_shift: float = 0.1,
    minimum_count: int = 30,
    draws: int = 1000,
) -> dict[str, Any]:
    """Share of the rows that the model decides otherwise in another group; mean change of what it says.

    Parameters
    ----------
    model : estimator
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows, protected columns among them.
    y : Series of shape (n_rows,)
        Whole-number codes of classes, or floats of a target of numbers.
    protected : mapping
        For each attribute its ``column``.
    group_table : DataFrame of shape (n_rows, n_attributes)
        Group of each row by each attribute.
    outcome : callable
        Gives one number for each row; its name says what the numbers are.
    seed : int
        Of the values given and the bootstrap.
    largest_share : float
        Limit for decisions.
    largest_shift : float
        Limit for predicted numbers, in standard deviations of ``y``.
    minimum_count : int
        Fewer rows are not judged.
    draws : int
        Bootstrap draws.

    Returns
    -------
    dict
        Evidence. A row counts as changed if it is in some other group. ``holds`` follows from the 95 % interval: None
        if the limit lies within, if rows are few, or if the model refuses changed rows.

    Notes
    -----
    A model that draws decisions at random draws anew for a changed row, and this counts as a change too.
    """
    decides = is_integer_dtype(y)
    spread = 1.0 if decides else float(np.std(y)) or 1.0
    limit = largest_share if decides else largest_shift
    threshold = {"share_changed" if decides else "shift": limit}
    random = np.random.default_rng(seed)
    said, answers = outcome(model, X), np.asarray(model.predict(X))
    found: dict[str, Any] = {}
    for attribute, rule in protected.items():
        members = group_table[attribute].to_numpy(dtype=str)
        changed, shifts = np.zeros(len(X)), []
        for group in np.unique(members):
            moved = members != group
            if not moved.any():
                continue
            flipped = with_group(X[moved], rule["column"], X.loc[~moved, rule["column"]], random)
            try:
                other = np.asarray(model.predict(flipped))
                shift = np.abs(outcome(model, flipped).to_numpy(float) - said[moved].to_numpy(float))
            except ValueError as refusal:
                because = f"the model refuses changed rows ({' '.join(str(refusal).split())})"
                return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
            effect = (other != answers[moved]).astype(float) if decides else np.abs(other - answers[moved]) / spread
            changed[moved] = np.maximum(changed[moved], effect)
            shifts.append(shift)
        if shifts:
            found[attribute] = {
                "share_changed" if decides else "shift": _interval(changed, draws, random),
                "mean_change": round(float(np.mean(np.concatenate(shifts))), 6),
            }
    measured = {"rows": len(X), "quantity": str(said.name), "attributes": found}
    return {"measured": measured, "threshold": threshold} | _verdict(found, decides, limit, len(X), minimum_count)


def with_group(X: pd.DataFrame, column: str, values: pd.Series, random: np.random.Generator) -> pd.DataFrame:
    """A copy of the rows whose protected column holds values drawn from those that occur in another group."""
    copy = X.copy()
    copy[column] = pd.Series(
        values.to_numpy()[random.integers(0, len(values), len(X))],
        index=X.index,
        dtype=float if is_numeric_dtype(values) else values.dtype,
    )
    return copy


def _interval(values: np.ndarray, draws: int, random: np.random.Generator) -> dict[str, float]:
    """Mean with its 95 % bootstrap interval; rows that say the same are drawn as one count."""
    kinds, counts = np.unique(values, return_counts=True)
    if len(kinds) <= 2:
        means = random.multinomial(len(values), counts / len(values), size=draws) @ kinds / len(values)
    else:
        enough = max(100, min(draws, 20_000_000 // len(values)))
        means = np.array([values[random.integers(0, len(values), len(values))].mean() for _ in range(enough)])
    low, high = np.quantile(means, [0.025, 0.975])
    return {"value": round(float(values.mean()), 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _verdict(
    found: Mapping[str, Any], decides: bool, limit: float, rows: int, minimum_count: int
) -> dict[str, bool | str | None]:
    if not found:
        return {"holds": None, "because": "the test rows hold one group of each attribute only"}
    if rows < minimum_count:
        return {"holds": None, "because": f"{rows} test rows are fewer than {minimum_count}"}
    key = "share_changed" if decides else "shift"
    attribute, figures = max(found.items(), key=lambda pair: float(pair[1][key]["value"]))
    figure = figures[key]
    told = (
        f"{figure['value']:.1%} [{figure['low']:.1%}, {figure['high']:.1%}] of the rows are decided otherwise"
        if decides
        else f"predictions change by {figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}] of the "
        "standard deviation"
    )
    bound = f"{limit:.0%}" if decides else f"{limit:g}"
    holds: bool | None
    if any(one[key]["low"] > limit for one in found.values()):
        holds, against = False, f"more than {bound}"
    elif all(one[key]["high"] <= limit for one in found.values()):
        holds, against = True, f"not more than {bound}"
    else:
        holds, against = None, f"the rows are too few to say whether that is more than {bound}"
    return {"holds": holds, "because": f"with another group of {attribute} {told}; {against}"}
