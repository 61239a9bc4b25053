"""Rates of decisions and errors for every protected group, with intervals, as figures and as a picture.

Point values come from fairlearn's ``MetricFrame``. Intervals are bootstrap percentiles: drawing rows with replacement
and counting labels and decisions in each group is one multinomial draw of that table of counts, so the counts are drawn
instead of the rows. The distribution is the same, and a thousand draws cost milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
from matplotlib.figure import Figure
from sklearn.metrics import accuracy_score, precision_score

RATES = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision", "false_omission_rate", "accuracy")

#: Axes of the table of counts: group, label, decision.
_NUMERATORS = {
    "selection_rate": [(0, 1), (1, 1)],
    "true_positive_rate": [(1, 1)],
    "false_positive_rate": [(0, 1)],
    "precision": [(1, 1)],
    "false_omission_rate": [(1, 0)],
    "accuracy": [(0, 0), (1, 1)],
}
_DENOMINATORS = {
    "selection_rate": [(0, 0), (0, 1), (1, 0), (1, 1)],
    "true_positive_rate": [(1, 0), (1, 1)],
    "false_positive_rate": [(0, 0), (0, 1)],
    "precision": [(0, 1), (1, 1)],
    "false_omission_rate": [(0, 0), (1, 0)],
    "accuracy": [(0, 0), (0, 1), (1, 0), (1, 1)],
}


def measure(
    y: pd.Series,
    predictions: np.ndarray,
    group_table: pd.DataFrame,
    favourable: Sequence[int],
    seed: int,
    minimum_count: int = 30,
    minimum_cases: int = 10,
    draws: int = 1000,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Rates by group and their differences, for every protected attribute and their intersection.

    Parameters
    ----------
    y : Series of shape (n_rows,)
        Codes of the labels.
    predictions : array of shape (n_rows,)
        Codes of the decisions.
    group_table : DataFrame of shape (n_rows, n_attributes)
        One text column for each protected attribute.
    favourable : sequence of int
        Codes that people hope for; a selection is a decision for one of them.
    seed : int
        Of the bootstrap.
    minimum_count : int
        Groups with fewer rows are not measured.
    minimum_cases : int
        A rate resting on fewer rows of its group (true positive rate: rows with the favourable label) is not given.
    draws : int
        Bootstrap draws.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Evidence. Differences are the largest minus the smallest rate (fairlearn's convention), the equalized odds
        difference is the larger of those of true and false positive rates, the ratio is smallest over largest
        selection rate. Predictive parity compares precision; false omission parity the share that deserved it among
        those who were not selected. What cannot be told is None.

    Raises
    ------
    ValueError
        If lengths differ, a label or decision is no code, or a row has no group.
    """
    if not len(y) == len(predictions) == len(group_table):
        raise ValueError(f"{len(y)} labels, {len(predictions)} predictions and {len(group_table)} groups")
    if not all((np.asarray(codes) % 1 == 0).all() for codes in (y, predictions)):
        raise ValueError("labels and predictions must be codes, which are whole numbers")
    labels, decisions = np.isin(y, favourable).astype(int), np.isin(predictions, favourable).astype(int)
    if group_table.isna().any(axis=None):
        raise ValueError("some rows have no group; give missing values of a protected attribute a label of their own")

    memberships = {str(name): group_table[name].astype(str).to_numpy() for name in group_table.columns}
    if len(memberships) > 1:
        memberships["intersection"] = group_table.astype(str).agg(" & ".join, axis=1).to_numpy()
    attributes = {
        name: _measure_attribute(labels, decisions, groups, seed, minimum_count, minimum_cases, draws, confidence)
        for name, groups in memberships.items()
    }

    untold = [
        f"{group} ({attribute})"
        for attribute, figures in attributes.items()
        for group, rates in figures["groups"].items()
        if rates["cannot_tell"]
    ]
    left_out = [
        f"{rate.replace('_', ' ')} of {group} ({attribute})"
        for attribute, figures in attributes.items()
        for group, rates in figures["groups"].items()
        for rate in RATES
        if not rates["cannot_tell"] and rates[rate]["value"] is None
    ]
    measured = {"attributes": attributes, "confidence": confidence, "draws": draws, "rows": len(labels)}
    if untold:
        because = f"groups of fewer than {minimum_count} rows are not measured: {', '.join(untold)}"
    else:
        because = f"rates with {confidence:.0%} intervals were measured for every group of {', '.join(attributes)}"
    if left_out:
        because += f"; resting on fewer than {minimum_cases} rows and left out: {', '.join(left_out)}"
    return {"measured": measured, "holds": None if untold else True, "because": because}


def _measure_attribute(
    labels: np.ndarray,
    decisions: np.ndarray,
    groups: np.ndarray,
    seed: int,
    minimum_count: int,
    minimum_cases: int,
    draws: int,
    confidence: float,
) -> dict[str, Any]:
    frame = MetricFrame(
        metrics={
            "selection_rate": selection_rate,
            "true_positive_rate": true_positive_rate,
            "false_positive_rate": false_positive_rate,
            "precision": lambda truth, decided: precision_score(truth, decided, zero_division=np.nan),
            # What precision is to those selected, of the opposite labels; what is missing from 1 are omissions.
            "false_omission_rate": lambda truth, decided: (
                1 - precision_score(truth, decided, pos_label=0, zero_division=np.nan)
            ),
            "accuracy": accuracy_score,
        },
        y_true=labels,
        y_pred=decisions,
        sensitive_features=pd.Series(groups, name="group"),
    )
    names, codes = np.unique(groups, return_inverse=True)
    counts = np.zeros((len(names), 2, 2), dtype=int)
    np.add.at(counts, (codes, labels, decisions), 1)
    drawn = np.random.default_rng(seed).multinomial(len(labels), (counts / len(labels)).ravel(), size=draws)
    drawn = drawn.reshape(draws, *counts.shape)

    point: dict[str, np.ndarray] = {}
    spread: dict[str, np.ndarray] = {}
    for rate in RATES:
        # A rate that cannot be told is NaN in the point value and in every draw, and so leaves the differences too.
        enough = (counts.sum(axis=(1, 2)) >= minimum_count) & (_sum(counts, _DENOMINATORS[rate]) >= minimum_cases)
        point[rate] = np.where(enough, frame.by_group[rate].reindex(names).to_numpy(dtype=float), np.nan)
        below = _sum(drawn, _DENOMINATORS[rate])
        spread[rate] = np.divide(
            _sum(drawn, _NUMERATORS[rate]), below, out=np.full(below.shape, np.nan), where=(below > 0) & enough
        )

    def interval(value: np.ndarray, sample: np.ndarray) -> dict[str, float | None]:
        known = sample[~np.isnan(sample)]
        if np.isnan(value) or not len(known):
            return {"value": None, "low": None, "high": None}
        low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
        return {"value": round(float(value), 6), "low": round(float(low), 6), "high": round(float(high), 6)}

    rows = counts.sum(axis=(1, 2))
    by_group = {
        str(name): {"count": int(rows[place]), "cannot_tell": bool(rows[place] < minimum_count)}
        | {rate: interval(point[rate][place], spread[rate][:, place]) for rate in RATES}
        for place, name in enumerate(names)
    }
    gap = {rate: (_gap(point[rate]), _gap(spread[rate])) for rate in RATES}
    larger_gap = (np.maximum(*pair) for pair in zip(gap["true_positive_rate"], gap["false_positive_rate"], strict=True))
    return {
        "groups": by_group,
        "demographic_parity_difference": interval(*gap["selection_rate"]),
        "demographic_parity_ratio": interval(_ratio(point["selection_rate"]), _ratio(spread["selection_rate"])),
        "equal_opportunity_difference": interval(*gap["true_positive_rate"]),
        "equalized_odds_difference": interval(*larger_gap),
        "predictive_parity_difference": interval(*gap["precision"]),
        "false_omission_parity_difference": interval(*gap["false_omission_rate"]),
    }


def _sum(counts: np.ndarray, cells: list[tuple[int, int]]) -> np.ndarray:
    return np.asarray(sum(counts[..., label, decision] for label, decision in cells))


def _extremes(rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest rate along the last axis; NaN where fewer than two groups have one."""
    known = ~np.isnan(rates)
    enough = known.sum(axis=-1) >= 2
    smallest = np.where(known, rates, np.inf).min(axis=-1)
    largest = np.where(known, rates, -np.inf).max(axis=-1)
    return np.where(enough, smallest, np.nan), np.where(enough, largest, np.nan)


def _gap(rates: np.ndarray) -> np.ndarray:
    smallest, largest = _extremes(rates)
    return largest - smallest


def _ratio(rates: np.ndarray) -> np.ndarray:
    smallest, largest = _extremes(rates)
    return np.divide(smallest, largest, out=np.full(np.shape(largest), np.nan), where=largest > 0)


_PANELS = {
    "selection_rate": "Selection rate",
    "true_positive_rate": "True positive rate",
    "false_positive_rate": "False positive rate",
    "precision": "Precision",
}
_BEFORE, _AFTER, _INK = "#9a9a9a", "#0b6e99", "#333333"


def draw(before: Mapping[str, Any] | None, after: Mapping[str, Any], figures: Path) -> Path:
    """Picture of the rates of every group with their intervals, before and after mitigation.

    Parameters
    ----------
    before, after : mapping
        What `measure` returned for the unmitigated and for the final model; ``before`` may be None.
    figures : Path
        Folder; made if it is not there.

    Returns
    -------
    Path
        ``figures/group_metrics.png``.
    """
    attributes = after["measured"]["attributes"]
    earlier = before["measured"]["attributes"] if before else {}
    heights = [max(len(entry["groups"]), 2) for entry in attributes.values()]
    figure = Figure(figsize=(12, 1.5 + 0.42 * sum(heights) + 0.55 * len(heights)), layout="constrained", dpi=130)
    grid = figure.subplots(
        len(attributes), len(_PANELS), squeeze=False, sharex=True, gridspec_kw={"height_ratios": heights}
    )
    for row, (attribute, entry) in enumerate(attributes.items()):
        names = list(entry["groups"])
        for column, (rate, title) in enumerate(_PANELS.items()):
            axes = grid[row][column]
            for place, name in enumerate(names):
                was = earlier.get(attribute, {}).get("groups", {}).get(name)
                if was is not None:
                    _draw_rate(axes, was[rate], place - 0.16, _BEFORE, hollow=True)
                _draw_rate(axes, entry["groups"][name][rate], place + (0.16 if was else 0), _AFTER, hollow=False)
            axes.set(xlim=(-0.02, 1.02), ylim=(len(names) - 0.4, -0.6))
            axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
            axes.set_yticks(range(len(names)))
            axes.set_yticklabels([])
            axes.grid(axis="x", color="#e6e6e6", linewidth=0.8)
            axes.set_axisbelow(True)
            axes.tick_params(length=0, colors=_INK, labelsize=9)
            for side in ("top", "right", "left"):
                axes.spines[side].set_visible(False)
            if row == 0:
                axes.set_title(title, fontsize=11, color=_INK, loc="left")
        grid[row][0].set_yticklabels([f"{name}  (n={entry['groups'][name]['count']:,})" for name in names])
        grid[row][0].set_ylabel(attribute, fontsize=11, fontweight="bold", color=_INK)
    handles = [figure.axes[0].plot([], [], "o", color=_AFTER, label="after" if earlier else "model")[0]]
    if earlier:
        handles.insert(
            0, figure.axes[0].plot([], [], "o", color=_BEFORE, markerfacecolor="white", label="before mitigation")[0]
        )
    figure.align_ylabels(grid[:, 0])
    confidence = after["measured"]["confidence"]
    figure.legend(handles=handles, loc="outside lower right", ncols=2, frameon=False, fontsize=10)
    figure.suptitle(
        f"Rates by protected group on {after['measured']['rows']:,} test rows, with {confidence:.0%} intervals",
        x=0.01,
        ha="left",
        fontsize=12,
        color=_INK,
    )
    figures.mkdir(parents=True, exist_ok=True)
    path = figures / "group_metrics.png"
    figure.savefig(path, metadata={"Software": None})
    return path


def _draw_rate(axes: Any, rate: Mapping[str, float | None], height: float, colour: str, *, hollow: bool) -> None:
    """Dot with its interval, or a remark where the rate cannot be told."""
    if rate["value"] is None:
        axes.text(0.01, height, "cannot tell", fontsize=8, style="italic", color=colour, va="center")
        return
    axes.plot([rate["low"], rate["high"]], [height, height], color=colour, linewidth=2, solid_capstyle="round")
    axes.plot(
        [rate["value"]], [height], "o", color=colour, markersize=6.5, markerfacecolor="white" if hollow else colour
    )
