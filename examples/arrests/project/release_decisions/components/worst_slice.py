"""The part of the rows on which a model errs most, sought without knowing any group.

A shallow tree of the errors finds the slice on one half of the test rows, as Chung et al. (2019), Slice Finder, do with
decision trees; the other half says whether it holds. On the rows that were searched the worst of many slices always
looks bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype
from sklearn.tree import DecisionTreeRegressor

#: Levels of a text column that become conditions; rarer ones could not fill a slice.
_LEVELS = 20


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    numeric: Sequence[str],
    categorical: Sequence[str],
    seed: int,
    largest_excess: float = 0.1,
    depth: int = 3,
    smallest_share: float = 0.05,
    minimum_count: int = 50,
    draws: int = 1000,
) -> dict[str, Any]:
    """Error in the worst slice against that in all other rows.

    Parameters
    ----------
    model : estimator
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Whole-number codes of classes, or floats of a target of numbers.
    numeric, categorical : sequence of str
        Columns that may describe a slice.
    seed : int
        Of the halves and the bootstrap.
    largest_excess : float
        Limit for the difference between the error in the slice and elsewhere.
    depth : int
        Conditions that may describe it.
    smallest_share : float
        Smallest share of the searched rows that a slice may hold: below it, the worst of many is a matter of luck.
    minimum_count : int
        Fewer rows in either half are no slice.
    draws : int
        Bootstrap draws.

    Returns
    -------
    dict
        Evidence. The error is the share of wrong answers, or the mean absolute error of numbers in standard deviations
        of ``y``. ``holds`` follows from the 95 % interval on the half that was not searched: None if the limit lies
        within it, or if there are too few rows.
    """
    threshold = {"excess": largest_excess}
    if len(X) < 4 * minimum_count:
        because = f"{len(X)} test rows are fewer than {4 * minimum_count}"
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
    decides = is_integer_dtype(y)
    answers, truth = np.asarray(model.predict(X)), np.asarray(y)
    error = (answers != truth).astype(float) if decides else np.abs(answers - truth) / (float(np.std(truth)) or 1.0)
    random = np.random.default_rng(seed)
    order = random.permutation(len(X))
    searched, held = order[: len(X) // 2], order[len(X) // 2 :]
    described = conditions(X, numeric, categorical)
    smallest = max(minimum_count, int(smallest_share * len(searched)))
    tree = DecisionTreeRegressor(max_depth=depth, min_samples_leaf=smallest, random_state=seed)
    tree.fit(described.iloc[searched], error[searched])
    leaves = tree.apply(described.iloc[held])
    if tree.get_n_leaves() == 1:
        because = f"no column divides the errors into slices of {smallest} rows or more"
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
    is_leaf = tree.tree_.children_left == -1
    worst = int(np.argmax(np.where(is_leaf, tree.tree_.value[:, 0, 0], -np.inf)))
    inside = leaves == worst
    words = described_by(tree, worst, list(described.columns))
    measured = {
        "rows": len(X),
        "slice": words,
        "rows_in_slice": int(inside.sum()),
        "error_where_searched": round(float(tree.tree_.value[worst, 0, 0]), 6),
    }
    if inside.sum() < minimum_count or (~inside).sum() < minimum_count:
        because = f"where {' and '.join(words)}, {int(inside.sum())} rows are left to check"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    here, elsewhere = error[held][inside], error[held][~inside]
    sample = _means(here, draws, random) - _means(elsewhere, draws, random)
    excess = float(here.mean() - elsewhere.mean())
    low, high = (float(end) for end in np.quantile(sample, [0.025, 0.975]))
    measured |= {
        "error_in_slice": round(float(here.mean()), 6),
        "error_elsewhere": round(float(elsewhere.mean()), 6),
        "excess": {"value": round(excess, 6), "low": round(low, 6), "high": round(high, 6)},
    }
    holds = False if low > largest_excess else True if high <= largest_excess else None
    unit = "" if decides else " standard deviations"
    because = (
        f"where {' and '.join(words)}, the error is {here.mean():.3f}{unit}, "
        f"{excess:+.3f} [{low:+.3f}, {high:+.3f}] against other rows; {largest_excess:g} more is allowed"
    )
    return {"measured": measured, "threshold": threshold, "holds": holds, "because": because}


def conditions(X: pd.DataFrame, numeric: Sequence[str], categorical: Sequence[str]) -> pd.DataFrame:
    """Numbers as they are, and for each frequent level of a text column whether a row has it."""
    columns: dict[str, pd.Series] = {column: X[column].astype(float) for column in numeric}
    for column in categorical:
        values = X[column].astype(object).where(X[column].notna(), "missing").astype(str)
        for level in sorted(values.value_counts().index[:_LEVELS]):
            columns[f"{column} = {level}"] = (values == level).astype(float)
    return pd.DataFrame(columns, index=X.index)


def described_by(tree: DecisionTreeRegressor, leaf: int, names: Sequence[str]) -> list[str]:
    """Conditions on the way to a leaf, in words."""
    inner = tree.tree_
    above = {int(child): (place, True) for place, child in enumerate(inner.children_left) if child != -1}
    above |= {int(child): (place, False) for place, child in enumerate(inner.children_right) if child != -1}
    words = []
    while leaf in above:
        leaf, left = above[leaf]
        name, limit = names[inner.feature[leaf]], float(inner.threshold[leaf])
        if " = " in name and limit == 0.5:
            words.append(name.replace(" = ", " is not ", 1) if left else name.replace(" = ", " is ", 1))
        else:
            gaps = " or missing" if bool(inner.missing_go_to_left[leaf]) == left and _has_gaps(tree) else ""
            words.append(f"{name} {'≤' if left else '>'} {limit:.4g}{gaps}")
    return words[::-1]


def _has_gaps(tree: DecisionTreeRegressor) -> bool:
    return bool(tree.tree_.missing_go_to_left.any())


def _means(values: np.ndarray, draws: int, random: np.random.Generator) -> np.ndarray:
    """Means of rows drawn with replacement; right and wrong answers are drawn as one count."""
    kinds, counts = np.unique(values, return_counts=True)
    if len(kinds) <= 2:
        return np.asarray(random.multinomial(len(values), counts / len(values), size=draws) @ kinds / len(values))
    enough = max(100, min(draws, 20_000_000 // len(values)))
    means = np.array([values[random.integers(0, len(values), len(values))].mean() for _ in range(enough)])
    return np.resize(means, draws)
