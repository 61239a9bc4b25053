"""Whether a probability means the same in every protected group.

Calibration within groups: among the people of a group who are given a probability near p, about a share p has the
outcome (Kleinberg, Mullainathan and Raghavan 2016, section 1). The expected calibration error (Naeini, Cooper and
Hauskrecht 2015) is the mean distance between the two over parts of equal size. It is above 0 even for perfect
probabilities, the more so the fewer the rows; so it is put beside what chance gives: outcomes drawn from the
probabilities themselves (as Bröcker and Smith 2007 resample for consistency; the probabilities stay as they are).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

#: Rows drawn in all for one group, so that large tables take seconds.
_AT_MOST = 20_000_000


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    group_table: pd.DataFrame,
    favourable: Sequence[int],
    outcome: Callable[[Any, pd.DataFrame], pd.Series],
    seed: int,
    largest_error: float = 0.05,
    bins: int = 10,
    minimum_count: int = 100,
    draws: int = 500,
) -> dict[str, Any]:
    """Brier score, expected calibration error and mean error of the probabilities in every group.

    Parameters
    ----------
    model : classifier
        Trained, with probabilities.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Codes of their labels.
    group_table : DataFrame of shape (n_rows, n_attributes)
        Group of each row by each protected attribute.
    favourable : sequence of int
        Codes that people hope for.
    outcome : callable
        Gives the probability of a favourable outcome for each row.
    seed : int
        Of the draws.
    largest_error : float
        Limit for the expected calibration error of each group.
    bins : int
        Parts of equal size by probability.
    minimum_count : int
        Groups with fewer rows are not measured.
    draws : int
        Bootstrap draws; fewer in groups of more than 40,000 rows.

    Returns
    -------
    dict
        Evidence. ``mean_error`` is mean probability minus share of favourable outcomes: above 0, the group is promised
        more than comes true. An error beyond the limit counts against the model only if it is also beyond
        ``error_by_chance``, the 95 % quantile for perfect probabilities on as many rows; else ``holds`` is None.
    """
    threshold = {"calibration_error": largest_error}
    if not hasattr(model, "predict_proba"):
        because = "the model gives decisions without probabilities"
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
    probability = outcome(model, X).to_numpy(dtype=float)
    truth = np.isin(np.asarray(y), favourable).astype(float)
    random = np.random.default_rng(seed)
    attributes: dict[str, dict[str, Any]] = {}
    for attribute in group_table.columns:
        members = group_table[attribute].to_numpy(dtype=str)
        attributes[attribute] = {
            str(group): _figures(
                probability[members == group], truth[members == group], bins, minimum_count, draws, random
            )
            for group in np.unique(members)
        }
    measured = {"rows": len(X), "bins": bins, "attributes": attributes}
    return {"measured": measured, "threshold": threshold} | _verdict(attributes, largest_error)


def calibration_error(probability: np.ndarray, truth: np.ndarray, bins: int) -> float:
    """Mean distance between probability and share of outcomes over parts of equal size, weighted by their rows.

    Parameters
    ----------
    probability, truth : array of shape (n_rows,)
        From 0 to 1; 0 or 1.
    bins : int
        Parts. Rows with the same probability stay together, so that parts may differ in size.
    """
    part = _parts(probability, bins)
    gaps = np.bincount(part, weights=probability - truth)
    return float(np.abs(gaps).sum() / len(truth))


def _parts(probability: np.ndarray, bins: int) -> np.ndarray:
    edges = np.unique(np.quantile(probability, np.arange(1, bins) / bins))
    return np.searchsorted(edges, probability, side="left")


def _figures(
    probability: np.ndarray, truth: np.ndarray, bins: int, minimum_count: int, draws: int, random: np.random.Generator
) -> dict[str, Any]:
    rows = len(truth)
    if rows < minimum_count:
        return {"count": rows, "cannot_tell": True}
    enough = max(100, min(draws, _AT_MOST // rows))
    drawn = {"brier_score": [], "calibration_error": [], "mean_error": []}
    chance = []
    part = _parts(probability, bins)
    error, square = probability - truth, (probability - truth) ** 2
    for _ in range(enough):
        picked = random.integers(0, rows, rows)
        drawn["brier_score"].append(square[picked].mean())
        drawn["mean_error"].append(error[picked].mean())
        drawn["calibration_error"].append(np.abs(np.bincount(part[picked], weights=error[picked])).sum() / rows)
        lucky = probability - (random.random(rows) < probability)
        chance.append(np.abs(np.bincount(part, weights=lucky)).sum() / rows)
    point = {
        "brier_score": square.mean(),
        "calibration_error": calibration_error(probability, truth, bins),
        "mean_error": error.mean(),
    }
    found: dict[str, Any] = {"count": rows, "cannot_tell": False}
    for name, sample in drawn.items():
        low, high = np.quantile(sample, [0.025, 0.975])
        found[name] = {
            "value": round(float(point[name]), 6),
            "low": round(float(low), 6),
            "high": round(float(high), 6),
        }
    found["error_by_chance"] = round(float(np.quantile(chance, 0.95)), 6)
    return found


def _verdict(attributes: Mapping[str, Mapping[str, Any]], limit: float) -> dict[str, bool | str | None]:
    groups = [
        (attribute, group, figures) for attribute, table in attributes.items() for group, figures in table.items()
    ]
    told = [one for one in groups if not one[2]["cannot_tell"]]
    if not told:
        return {"holds": None, "because": "too few rows in every group"}
    beyond = [one for one in told if one[2]["calibration_error"]["value"] > limit]
    surely = [one for one in beyond if one[2]["calibration_error"]["value"] > one[2]["error_by_chance"]]
    attribute, group, worst = max(surely or told, key=lambda one: float(one[2]["calibration_error"]["value"]))
    figure = (
        f"in {group} ({attribute}) probabilities are off by {worst['calibration_error']['value']:.3f} on average; "
        f"chance alone gives up to {worst['error_by_chance']:.3f}, and {limit:g} is allowed"
    )
    if surely:
        return {"holds": False, "because": figure}
    unsure = [group for _, group, figures in groups if figures["cannot_tell"]] + [group for _, group, _ in beyond]
    if unsure:
        return {"holds": None, "because": f"too few rows of {', '.join(unsure)}; {figure}"}
    return {"holds": True, "because": figure}
