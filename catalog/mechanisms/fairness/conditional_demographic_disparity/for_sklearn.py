"""Whether a group makes up more of those refused than of those selected, among people who count as comparable.

Wachter, Mittelstadt and Russell (2021), Why fairness cannot be automated: demographic disparity of a group is its share
among the refused minus its share among the selected. The conditional one is its mean over strata, each with the weight
of its rows. Intervals are bootstrap percentiles: rows drawn with replacement make one multinomial draw of the table of
stratum, group and decision, so the counts are drawn instead of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

#: Numbers drawn at a time, so that many strata stay in memory.
_AT_ONCE = 5_000_000


def measure(
    model: Any,
    X: pd.DataFrame,
    group_table: pd.DataFrame,
    favourable: Sequence[int],
    seed: int,
    strata: Sequence[str] = (),
    parts: int = 4,
    largest_disparity: float = 0.1,
    minimum_count: int = 30,
    draws: int = 1000,
) -> dict[str, Any]:
    """Demographic disparity of each group, over all rows and conditional on the strata.

    Parameters
    ----------
    model : classifier
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    group_table : DataFrame of shape (n_rows, n_attributes)
        Group of each row by each protected attribute.
    favourable : sequence of int
        Codes that people hope for; a selection is a decision for one of them.
    seed : int
        Of the bootstrap.
    strata : sequence of str
        Columns by which people count as comparable.
    parts : int
        Parts that a column of many numbers is cut into.
    largest_disparity : float
        Limit for the conditional disparity of each group, either way.
    minimum_count : int
        Groups with fewer rows are not measured.
    draws : int
        Bootstrap draws.

    Returns
    -------
    dict
        Evidence. Above 0, a group has a larger share of the refusals than of the selections. Strata in which all are
        selected or all refused say nothing; ``rows_compared`` is the share of rows in the others. ``holds`` follows
        from the 95 % intervals: None if one of them holds the limit, and where nothing can be compared.

    Raises
    ------
    ValueError
        If the rows lack a column of the strata.
    """
    threshold = {"conditional_disparity": largest_disparity}
    if not strata:
        because = "no column of comparable people is declared (parameter strata)"
        return {"measured": {"strata": []}, "threshold": threshold, "holds": None, "because": because}
    lacking = [column for column in strata if column not in X.columns]
    if lacking:
        raise ValueError(f"strata: these columns are not among the inputs: {', '.join(lacking)}")
    stratum = strata_of(X, strata, parts)
    selected = np.isin(np.asarray(model.predict(X)), favourable).astype(int)
    random = np.random.default_rng(seed)
    found, counted = {}, None
    for attribute in group_table.columns:
        names, codes = np.unique(group_table[attribute].to_numpy(dtype=str), return_inverse=True)
        counts = np.zeros((int(stratum.max()) + 1, len(names), 2), dtype=int)
        np.add.at(counts, (stratum, codes, selected), 1)
        found[attribute] = _by_group(counts, names, minimum_count, draws, random)
        counted = counts.sum(axis=1)
    compared = float(counted[counted.min(axis=1) > 0].sum() / len(X)) if counted is not None else 0.0
    measured = {
        "strata": list(strata),
        "number_of_strata": int(stratum.max()) + 1,
        "rows_compared": round(compared, 6),
        "attributes": found,
    }
    return {"measured": measured, "threshold": threshold} | _verdict(found, largest_disparity, compared)


def strata_of(X: pd.DataFrame, columns: Sequence[str], parts: int) -> np.ndarray:
    """Number of the stratum of each row; a gap is a value of its own.

    A numeric column with more than ``parts`` values is cut at its quantiles over these rows.
    """
    codes = pd.DataFrame(index=range(len(X)))
    for column in columns:
        values = X[column].reset_index(drop=True)
        if is_numeric_dtype(values) and values.nunique() > parts:
            values = pd.qcut(values, parts, labels=False, duplicates="drop")
        codes[column] = pd.factorize(values)[0]
    return codes.groupby(list(columns), sort=True).ngroup().to_numpy()


def disparity(counts: np.ndarray) -> np.ndarray:
    """Demographic disparity of each group, conditional on the strata.

    Parameters
    ----------
    counts : array of shape (..., n_strata, n_groups, 2)
        Rows by stratum, group and decision, refusals first.

    Returns
    -------
    array of shape (..., n_groups)
        NaN if no stratum has both refusals and selections.
    """
    decided = counts.sum(axis=-2, keepdims=True)
    both = (decided > 0).all(axis=-1, keepdims=True)
    shares = np.divide(counts, decided, out=np.zeros(counts.shape), where=both & (decided > 0))
    weights = np.where(both[..., 0], decided.sum(axis=-1), 0)
    total = weights.sum(axis=-2)
    summed = ((shares[..., 0] - shares[..., 1]) * weights).sum(axis=-2)
    return np.divide(summed, total, out=np.full(summed.shape, np.nan), where=total > 0)


def _by_group(
    counts: np.ndarray, names: np.ndarray, minimum_count: int, draws: int, random: np.random.Generator
) -> dict[str, Any]:
    rows = int(counts.sum())
    enough = max(100, min(draws, _AT_ONCE // counts.size))
    drawn = random.multinomial(rows, (counts / rows).ravel(), size=enough).reshape(enough, *counts.shape)
    overall = disparity(counts.sum(axis=0, keepdims=True))
    within, spread = disparity(counts), disparity(drawn)
    found: dict[str, Any] = {}
    for place, name in enumerate(names):
        count = int(counts[:, place].sum())
        known = spread[:, place][~np.isnan(spread[:, place])]
        tiny = count < minimum_count or np.isnan(within[place]) or not len(known)
        low, high = (None, None) if tiny else (round(float(end), 6) for end in np.quantile(known, [0.025, 0.975]))
        found[str(name)] = {
            "count": count,
            "cannot_tell": bool(tiny),
            "disparity": None if tiny or np.isnan(overall[place]) else round(float(overall[place]), 6),
            "conditional_disparity": {
                "value": None if tiny else round(float(within[place]), 6),
                "low": low,
                "high": high,
            },
        }
    return found


def _verdict(found: Mapping[str, Any], limit: float, compared: float) -> dict[str, bool | str | None]:
    told = [
        (attribute, group, figures["conditional_disparity"])
        for attribute, groups in found.items()
        for group, figures in groups.items()
        if not figures["cannot_tell"]
    ]
    if not told:
        because = "no group has enough rows, or no stratum has both refusals and selections"
        return {"holds": None, "because": because}
    attribute, group, worst = max(told, key=lambda one: float(one[2]["value"]))
    figure = (
        f"{group} ({attribute}) has {worst['value']:+.3f} [{worst['low']:+.3f}, {worst['high']:+.3f}] more of the "
        f"refusals than of the selections among comparable people, with {compared:.0%} of the rows compared"
    )
    if any(one["low"] > limit or one["high"] < -limit for _, _, one in told):
        return {"holds": False, "because": f"{figure}; a difference of {limit:g} is allowed"}
    tiny = [group for groups in found.values() for group, figures in groups.items() if figures["cannot_tell"]]
    if tiny or any(one["high"] > limit or one["low"] < -limit for _, _, one in told):
        left = f"too few rows of {', '.join(tiny)}" if tiny else f"the intervals hold the limit of {limit:g}"
        return {"holds": None, "because": f"{left}; {figure}"}
    return {"holds": True, "because": f"{figure}; a difference of {limit:g} is allowed"}
