"""How far predicted numbers are from the truth in every protected group, with intervals, as figures and as a picture.

Intervals are percentiles over rows drawn with replacement (Efron 1979, Bootstrap methods, doi 10.1214/aos/1176344552).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

FIGURES = ("mean_absolute_error", "mean_signed_error", "mean_prediction")

#: Rows drawn over all draws, so that a large table takes seconds.
_IN_ALL = 20_000_000


def measure(
    y: pd.Series,
    predictions: np.ndarray,
    group_table: pd.DataFrame,
    seed: int,
    minimum_count: int = 30,
    draws: int = 1000,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Errors and predictions by group and their differences, for every protected attribute and their intersection.

    Parameters
    ----------
    y : Series of shape (n_rows,)
        True numbers.
    predictions : array of shape (n_rows,)
        Predicted numbers.
    group_table : DataFrame of shape (n_rows, n_attributes)
        One text column for each protected attribute.
    seed : int
        Of the bootstrap.
    minimum_count : int
        Groups with fewer rows are not measured.
    draws : int
        Bootstrap draws; fewer, down to 100, beyond 20,000 rows.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Evidence, in units of the target. The signed error is prediction minus truth. Differences are the largest minus
        the smallest figure of a group, the error ratio is the smallest over the largest mean absolute error. What
        cannot be told is None.

    Raises
    ------
    ValueError
        If lengths differ or a row has no group.
    """
    truth, predicted = np.asarray(y, dtype=float), np.asarray(predictions, dtype=float)
    if not len(truth) == len(predicted) == len(group_table):
        raise ValueError(f"{len(truth)} labels, {len(predicted)} predictions and {len(group_table)} groups")
    if group_table.isna().any(axis=None):
        raise ValueError("some rows have no group; give missing values of a protected attribute a label of their own")

    memberships = {str(name): group_table[name].astype(str).to_numpy() for name in group_table.columns}
    if len(memberships) > 1:
        memberships["intersection"] = group_table.astype(str).agg(" & ".join, axis=1).to_numpy()
    quantities = np.column_stack([np.abs(predicted - truth), predicted - truth, predicted])
    attributes = {
        name: _measure_attribute(quantities, groups, np.random.default_rng(seed), minimum_count, draws, confidence)
        for name, groups in memberships.items()
    }
    untold = [
        f"{group} ({attribute})"
        for attribute, figures in attributes.items()
        for group, found in figures["groups"].items()
        if found["cannot_tell"]
    ]
    if untold:
        because = f"groups of fewer than {minimum_count} rows are not measured: {', '.join(untold)}"
    else:
        because = f"errors with {confidence:.0%} intervals were measured for every group of {', '.join(attributes)}"
    measured = {
        "attributes": attributes,
        "confidence": confidence,
        "draws": _enough(draws, len(truth)),
        "rows": len(truth),
        "target_deviation": round(float(truth.std()), 6),
    }
    return {"measured": measured, "holds": None if untold else True, "because": because}


def _enough(draws: int, rows: int) -> int:
    return max(100, min(draws, _IN_ALL // rows))


def _measure_attribute(
    quantities: np.ndarray,
    groups: np.ndarray,
    source: np.random.Generator,
    minimum_count: int,
    draws: int,
    confidence: float,
) -> dict[str, Any]:
    names, codes = np.unique(groups, return_inverse=True)
    rows = np.bincount(codes)
    told = rows >= minimum_count
    everybody = np.ones(len(codes))
    point = _means(quantities, codes, everybody, len(names))
    drawn = (
        np.bincount(source.integers(0, len(codes), len(codes)), minlength=len(codes)).astype(float)
        for _ in range(_enough(draws, len(codes)))
    )
    spread = np.stack([_means(quantities, codes, times, len(names)) for times in drawn])
    # What cannot be told is NaN in the point value and in every draw, and so leaves the differences too.
    point[~told], spread[:, ~told] = np.nan, np.nan

    def interval(value: np.ndarray, sample: np.ndarray) -> dict[str, float | None]:
        known = sample[~np.isnan(sample)]
        if np.isnan(value) or not len(known):
            return {"value": None, "low": None, "high": None}
        low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
        return {"value": round(float(value), 6), "low": round(float(low), 6), "high": round(float(high), 6)}

    def gap(place: int) -> dict[str, float | None]:
        (low, high), (lows, highs) = _extremes(point[:, place]), _extremes(spread[..., place])
        return interval(high - low, highs - lows)

    (best, worst), (bests, worsts) = _extremes(point[:, 0]), _extremes(spread[..., 0])
    return {
        "groups": {
            str(name): {"count": int(rows[place]), "cannot_tell": not bool(told[place])}
            | {figure: interval(point[place, at], spread[:, place, at]) for at, figure in enumerate(FIGURES)}
            for place, name in enumerate(names)
        },
        "absolute_error_difference": gap(0),
        "absolute_error_ratio": interval(_over(best, worst), _over(bests, worsts)),
        "signed_error_difference": gap(1),
        "mean_prediction_difference": gap(2),
    }


def _means(quantities: np.ndarray, codes: np.ndarray, times: np.ndarray, groups: int) -> np.ndarray:
    """Mean of each quantity in each group, each row counted so many times; of shape (n_groups, n_quantities)."""
    below = np.bincount(codes, weights=times, minlength=groups)
    sums = [np.bincount(codes, weights=times * column, minlength=groups) for column in quantities.T]
    return np.stack([np.divide(total, below, out=np.full(groups, np.nan), where=below > 0) for total in sums], axis=1)


def _extremes(figures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest figure along the last axis; NaN where fewer than two groups have one."""
    known = ~np.isnan(figures)
    enough = known.sum(axis=-1) >= 2
    smallest = np.where(known, figures, np.inf).min(axis=-1)
    largest = np.where(known, figures, -np.inf).max(axis=-1)
    return np.where(enough, smallest, np.nan), np.where(enough, largest, np.nan)


def _over(smallest: np.ndarray, largest: np.ndarray) -> np.ndarray:
    return np.divide(smallest, largest, out=np.full(np.shape(largest), np.nan), where=largest > 0)


_BEFORE, _AFTER, _INK = "#9a9a9a", "#0b6e99", "#333333"


def draw(before: Mapping[str, Any] | None, after: Mapping[str, Any], figures: Path) -> Path:
    """Picture of the figures of every group with their intervals, before and after mitigation.

    Parameters
    ----------
    before, after : mapping
        What `measure` returned for the unmitigated and for the final model; ``before`` may be None.
    figures : Path
        Folder; made if it is not there.

    Returns
    -------
    Path
        ``figures/group_error.png``.
    """
    attributes = after["measured"]["attributes"]
    earlier = before["measured"]["attributes"] if before else {}
    heights = [max(len(entry["groups"]), 2) for entry in attributes.values()]
    figure = Figure(figsize=(12, 1.5 + 0.42 * sum(heights) + 0.55 * len(heights)), layout="constrained", dpi=130)
    grid = figure.subplots(
        len(attributes), len(FIGURES), squeeze=False, sharex="col", gridspec_kw={"height_ratios": heights}
    )
    for row, (attribute, entry) in enumerate(attributes.items()):
        names = list(entry["groups"])
        for column, name in enumerate(FIGURES):
            axes = grid[row][column]
            for place, group in enumerate(names):
                was = earlier.get(attribute, {}).get("groups", {}).get(group)
                if was is not None:
                    _draw_figure(axes, was[name], place - 0.16, _BEFORE, hollow=True)
                _draw_figure(axes, entry["groups"][group][name], place + (0.16 if was else 0), _AFTER, hollow=False)
            axes.set(ylim=(len(names) - 0.4, -0.6))
            axes.set_yticks(range(len(names)), [])
            axes.grid(axis="x", color="#e6e6e6", linewidth=0.8)
            axes.set_axisbelow(True)
            axes.tick_params(length=0, colors=_INK, labelsize=9)
            for side in ("top", "right", "left"):
                axes.spines[side].set_visible(False)
            if row == 0:
                axes.set_title(name.replace("_", " ").capitalize(), fontsize=11, color=_INK, loc="left")
        grid[row][0].set_yticklabels([f"{name}  (n={entry['groups'][name]['count']:,})" for name in names])
        grid[row][0].set_ylabel(attribute, fontsize=11, fontweight="bold", color=_INK)
    handles = [figure.axes[0].plot([], [], "o", color=_AFTER, label="after" if earlier else "model")[0]]
    if earlier:
        handles.insert(
            0, figure.axes[0].plot([], [], "o", color=_BEFORE, markerfacecolor="white", label="before mitigation")[0]
        )
    figure.align_ylabels(grid[:, 0])
    figure.legend(handles=handles, loc="outside lower right", ncols=2, frameon=False, fontsize=10)
    figure.suptitle(
        f"Errors by protected group on {after['measured']['rows']:,} test rows, "
        f"with {after['measured']['confidence']:.0%} intervals",
        x=0.01,
        ha="left",
        fontsize=12,
        color=_INK,
    )
    figures.mkdir(parents=True, exist_ok=True)
    path = figures / "group_error.png"
    figure.savefig(path, metadata={"Software": None})
    return path


def _draw_figure(axes: Any, figure: Mapping[str, float | None], height: float, colour: str, *, hollow: bool) -> None:
    """Dot with its interval, or a remark where the figure cannot be told."""
    if figure["value"] is None:
        axes.annotate("cannot tell", (0.02, height), xycoords=("axes fraction", "data"), fontsize=8, color=colour)
        return
    axes.plot([figure["low"], figure["high"]], [height, height], color=colour, linewidth=2, solid_capstyle="round")
    face = "white" if hollow else colour
    axes.plot([figure["value"]], [height], "o", color=colour, markersize=6.5, markerfacecolor=face)
