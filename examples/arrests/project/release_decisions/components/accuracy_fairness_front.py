"""What other decision thresholds would give in accuracy and in fairness, and whether one of them is better in both.

One threshold for everybody is moved over the scores, as Menon and Williamson 2018 ask: what is the best accuracy for a
given level of fairness? The Pareto front holds the thresholds that no other beats in one figure without losing in the
other. The front itself is drawn from all test rows and looks a little better than it is, since the best of many was
taken. So whether the decisions in use are beaten is searched on one half of the rows and judged on the other.

Accuracy is balanced accuracy. Like the selection rates it depends only on how many rows each group, label and decision
has; drawing rows with replacement is one multinomial draw of those counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

#: Points of a front in the evidence, and panels of the picture.
_POINTS, _PANELS = 25, 4

_INK, _DOTS, _FRONT, _USED = "#333333", "#bdbdbd", "#0b6e99", "#c1602c"

#: That a threshold found here must not be taken from here.
_APART = "a threshold must be chosen on rows kept apart, not on these test rows"


class _Rows(NamedTuple):
    """Test rows as numbers: 0 or 1 but for the score, and the half on which nothing is searched."""

    score: np.ndarray
    truth: np.ndarray
    used: np.ndarray
    held: np.ndarray


class _Limits(NamedTuple):
    """Parameters of `measure`."""

    smallest_gain: float
    minimum_count: int
    minimum_cases: int
    draws: int
    confidence: float


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    group_table: pd.DataFrame,
    favourable: Sequence[int],
    outcome: Callable[[Any, pd.DataFrame], pd.Series],
    figures: Path,
    seed: int,
    steps: int = 100,
    smallest_gain: float = 0.01,
    minimum_count: int = 30,
    minimum_cases: int = 10,
    draws: int = 1000,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Balanced accuracy and demographic parity difference at every threshold, their Pareto front, and its picture.

    Parameters
    ----------
    model : classifier
        Trained, for two outcomes.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Codes of their labels.
    group_table : DataFrame of shape (n_rows, n_attributes)
        Group of each row by each protected attribute.
    favourable : sequence of int
        Codes that people hope for; a selection is a decision for one of them.
    outcome : callable
        Gives the probability of a favourable outcome for each row.
    figures : Path
        Folder; made if it is not there. Gets ``accuracy_fairness_front.png``.
    seed : int
        Of the halves and the bootstrap.
    steps : int
        Thresholds at most, at quantiles of the scores.
    smallest_gain : float
        A threshold is better only if both balanced accuracy and the difference gain more than this.
    minimum_count : int
        Groups with fewer rows are left out of the differences; in the judgement, with fewer rows of its half.
    minimum_cases : int
        Nothing is judged where a half has fewer rows of either label.
    draws : int
        Bootstrap draws.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Evidence. The difference is the largest minus the smallest selection rate; ``dominated_by`` counts the
        thresholds that dominate the decisions in use on all rows, be it by a hair. ``holds`` is False if a threshold
        found on one half of the rows is better than the decisions in use on the other half, both gains with their
        intervals beyond ``smallest_gain``; None if those intervals leave it open, or rows are too few, or the decisions
        do not come from one threshold of the score.

    Raises
    ------
    ValueError
        If lengths differ or a row has no group.
    """
    if not len(X) == len(y) == len(group_table):
        raise ValueError(f"{len(X)} rows, {len(y)} labels and {len(group_table)} groups")
    if group_table.isna().any(axis=None):
        raise ValueError("some rows have no group; give missing values of a protected attribute a label of their own")
    path = figures / "accuracy_fairness_front.png"
    path.unlink(missing_ok=True)
    threshold = {"smallest_gain": smallest_gain}
    score = outcome(model, X).to_numpy(dtype=float)
    truth = np.isin(np.asarray(y), favourable).astype(int)
    used = np.isin(np.asarray(model.predict(X)), favourable).astype(int)
    obstacle = _obstacle(score, used)
    if obstacle:
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": obstacle}

    memberships = {str(name): group_table[name].astype(str).to_numpy() for name in group_table.columns}
    if len(memberships) > 1:
        memberships["intersection"] = group_table.astype(str).agg(" & ".join, axis=1).to_numpy()
    random = np.random.default_rng(seed)
    rows = _Rows(score, truth, used, halves(truth, list(memberships.values())[-1], random))
    limits = _Limits(smallest_gain, minimum_count, minimum_cases, draws, confidence)
    tried = np.unique(np.quantile(score, np.arange(steps) / steps, method="lower"))
    attributes: dict[str, dict[str, Any]] = {}
    clouds: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name, groups in memberships.items():
        left_out = _small(groups, minimum_count)
        attributes[name] = {"left_out": left_out}
        if len(np.unique(groups)) - len(left_out) >= 2 and len(np.unique(truth)) == 2:
            codes = _codes(groups, left_out)
            clouds[name] = points(score, truth, codes, tried)
            attributes[name] |= _described(rows, codes, tried, clouds[name], limits, random)
        attributes[name]["judgement"] = _judged(rows, groups, tried, limits, random)
    if clouds:
        figures.mkdir(parents=True, exist_ok=True)
        _draw(clouds, attributes, len(X), confidence, path)
    measured = {"rows": len(X), "thresholds": len(tried), "confidence": confidence, "attributes": attributes}
    return {"measured": measured, "threshold": threshold} | _verdict(attributes, smallest_gain)


def points(
    score: np.ndarray, truth: np.ndarray, groups: np.ndarray, tried: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Balanced accuracy and demographic parity difference where scores from a threshold on are selected.

    Parameters
    ----------
    score, truth : array of shape (n_rows,)
        Score, and label as 0 or 1.
    groups : array of shape (n_rows,)
        Codes from 0; -1 for rows of groups that differences leave out.
    tried : array of shape (n_thresholds,)
        Thresholds.

    Returns
    -------
    tuple of two arrays of shape (n_thresholds,)
    """
    tables = np.stack([_counts(groups, truth, (score >= limit).astype(int)) for limit in tried])
    return _accuracy(tables), _difference(tables)


def front(accuracy: np.ndarray, difference: np.ndarray) -> np.ndarray:
    """Places of the points that none dominates, from the smallest difference up.

    A point dominates another if it is no worse in either figure and better in one. Of equal points the first stays.
    """
    order = np.lexsort((-accuracy, difference))
    before = np.concatenate([[-np.inf], np.maximum.accumulate(accuracy[order])[:-1]])
    places: np.ndarray = order[accuracy[order] > before]
    return places


def halves(truth: np.ndarray, groups: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """True for every other row of each group and label, in an order drawn at random."""
    stratum = np.unique(groups, return_inverse=True)[1] * 2 + truth
    held = np.zeros(len(truth), dtype=bool)
    held[np.lexsort((random.random(len(truth)), stratum))[1::2]] = True
    return held


def _obstacle(score: np.ndarray, used: np.ndarray) -> str:
    if len(np.unique(score)) <= 2:
        return "the model gives labels only, and so leaves no threshold to move"
    if not 0 < used.sum() < len(used):
        return ""
    lowest, highest = score[used == 1].min(), score[used == 0].max()
    if lowest <= highest:
        return (
            "the decisions in use do not come from one threshold of the score: "
            f"some rows with {lowest:.3f} are selected and some with {highest:.3f} are not"
        )
    return ""


def _small(groups: np.ndarray, minimum_count: int) -> list[str]:
    names, counts = np.unique(groups, return_counts=True)
    return [str(name) for name, count in zip(names, counts, strict=True) if count < minimum_count]


def _codes(groups: np.ndarray, left_out: Sequence[str]) -> np.ndarray:
    kept = [name for name in np.unique(groups) if name not in left_out]
    codes = pd.Index(kept).get_indexer(pd.Index(groups))
    return np.asarray(codes)


def _counts(groups: np.ndarray, *binary: np.ndarray) -> np.ndarray:
    """Rows by group, then by each of the other columns; rows of groups that are left out come last."""
    places = np.where(groups < 0, groups.max() + 1, groups)
    for column in binary:
        places = places * 2 + column
    shape = (groups.max() + 2, *[2] * len(binary))
    return np.bincount(places, minlength=int(np.prod(shape))).reshape(shape)


def _accuracy(tables: np.ndarray) -> np.ndarray:
    """Balanced accuracy of tables by group, label and decision; one label alone counts for both."""
    cells = tables.sum(axis=-3)
    labelled = cells.sum(axis=-1)
    right = np.diagonal(cells, axis1=-2, axis2=-1)
    recall = np.divide(right, labelled, out=np.full(right.shape, np.nan), where=labelled > 0)
    return np.asarray(np.nanmean(recall, axis=-1))


def _difference(tables: np.ndarray) -> np.ndarray:
    """Largest minus smallest selection rate of the groups that are not left out."""
    known = tables[..., :-1, :, :]
    rows, selected = known.sum(axis=(-2, -1)), known[..., 1].sum(axis=-1)
    rates = np.divide(selected, rows, out=np.full(rows.shape, np.nan), where=rows > 0)
    return np.asarray(np.nanmax(rates, axis=-1) - np.nanmin(rates, axis=-1))


def _drawn(table: np.ndarray, draws: int, random: np.random.Generator) -> np.ndarray:
    total = int(table.sum())
    return random.multinomial(total, table.ravel() / total, size=draws).reshape(draws, *table.shape)


def _figure(value: float, sample: np.ndarray, confidence: float) -> dict[str, float]:
    low, high = np.quantile(sample, [(1 - confidence) / 2, (1 + confidence) / 2])
    return {"value": round(float(value), 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _described(
    rows: _Rows,
    codes: np.ndarray,
    tried: np.ndarray,
    cloud: tuple[np.ndarray, np.ndarray],
    limits: _Limits,
    random: np.random.Generator,
) -> dict[str, Any]:
    """Front and decisions in use, on all rows."""
    accuracy, difference = cloud
    table = _counts(codes, rows.truth, rows.used)
    drawn = _drawn(table, limits.draws, random)
    here, there = float(_accuracy(table)), float(_difference(table))
    beating = (accuracy >= here) & (difference <= there) & ((accuracy > here) | (difference < there))
    places = front(accuracy, difference)
    shown = places[np.unique(np.linspace(0, len(places) - 1, min(len(places), _POINTS)).round().astype(int))]
    return {
        "in_use": {
            "balanced_accuracy": _figure(here, _accuracy(drawn), limits.confidence),
            "demographic_parity_difference": _figure(there, _difference(drawn), limits.confidence),
            "dominated_by": int(beating.sum()),
        },
        "points_on_front": len(places),
        "front": [
            {
                "threshold": float(f"{tried[place]:.6g}"),
                "balanced_accuracy": round(float(accuracy[place]), 6),
                "demographic_parity_difference": round(float(difference[place]), 6),
            }
            for place in shown
        ],
    }


def _judged(
    rows: _Rows, groups: np.ndarray, tried: np.ndarray, limits: _Limits, random: np.random.Generator
) -> dict[str, Any]:
    """Whether a threshold found on one half of the rows beats the decisions in use on the other."""
    held, searched = rows.held, ~rows.held
    left_out = sorted({*_small(groups[held], limits.minimum_count), *(set(groups) - set(groups[held]))})
    fewest = min(int((rows.truth[half] == label).sum()) for half in (held, searched) for label in (0, 1))
    if len(set(groups)) - len(left_out) < 2:
        because = f"fewer than two groups have {limits.minimum_count} rows in the half that judges"
        return {"holds": None, "left_out": left_out, "because": because}
    if fewest < limits.minimum_cases:
        return {"holds": None, "left_out": left_out, "because": f"one label has only {fewest} rows in a half"}
    codes = _codes(groups, left_out)
    accuracy, difference = points(rows.score[searched], rows.truth[searched], codes[searched], tried)
    table = _counts(codes[searched], rows.truth[searched], rows.used[searched])
    gains = np.minimum(accuracy - _accuracy(table), _difference(table) - difference)
    best = int(np.argmax(gains))
    if gains[best] <= limits.smallest_gain:
        return {"holds": True, "left_out": left_out, "because": "no threshold was better where they were searched"}
    chosen = (rows.score >= tried[best]).astype(int)
    paired = _counts(codes[held], rows.truth[held], rows.used[held], chosen[held])
    drawn = _drawn(paired, limits.draws, random)
    accuracy_change, difference_change = (
        _figure(float(value), sample, limits.confidence)
        for value, sample in zip(_changes(paired), _changes(drawn), strict=True)
    )
    surely = min(accuracy_change["low"], -difference_change["high"]) > limits.smallest_gain
    perhaps = min(accuracy_change["high"], -difference_change["low"]) > limits.smallest_gain
    because = (
        f"selecting from a score of {tried[best]:.3f} on changes balanced accuracy by {_told(accuracy_change)} and the "
        f"demographic parity difference by {_told(difference_change)} on {held.sum()} rows that were not searched"
    )
    return {
        "holds": False if surely else None if perhaps else True,
        "left_out": left_out,
        "rows": int(held.sum()),
        "threshold": float(f"{tried[best]:.6g}"),
        "change_in_balanced_accuracy": accuracy_change,
        "change_in_demographic_parity_difference": difference_change,
        "because": because,
    }


def _changes(paired: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From the decisions in use to others: in balanced accuracy and in the difference between groups."""
    used, other = paired.sum(axis=-1), paired.sum(axis=-2)
    return _accuracy(other) - _accuracy(used), _difference(other) - _difference(used)


def _told(change: Mapping[str, float]) -> str:
    return f"{change['value']:+.3f} [{change['low']:+.3f}, {change['high']:+.3f}]"


def _verdict(attributes: Mapping[str, Mapping[str, Any]], smallest_gain: float) -> dict[str, bool | str | None]:
    said = {name: figures["judgement"] for name, figures in attributes.items()}
    closing = _APART + _few([f"{group} ({name})" for name, found in said.items() for group in found["left_out"]])
    for holds, opening in ((False, "a better threshold exists"), (None, "not settled")):
        found = [(name, judgement["because"]) for name, judgement in said.items() if judgement["holds"] is holds]
        if found:
            listed = "; ".join(f"for {name}, {because}" for name, because in found)
            asked = f" (a gain of more than {smallest_gain:g} in both counts)"
            return {"holds": holds, "because": f"{opening}{asked}: {listed}; {closing}"}
    because = (
        f"no common threshold beats the decisions in use by more than {smallest_gain:g} in both balanced accuracy and "
        f"the demographic parity difference, for {', '.join(said)}; {closing}"
    )
    return {"holds": True, "because": because}


def _few(groups: Sequence[str], most: int = 5) -> str:
    more = f" and {len(groups) - most} more" if len(groups) > most else ""
    return f"; left out, for too few rows: {', '.join(groups[:most])}{more}" if groups else ""


def _draw(
    clouds: Mapping[str, tuple[np.ndarray, np.ndarray]],
    attributes: Mapping[str, Mapping[str, Any]],
    rows: int,
    confidence: float,
    path: Path,
) -> None:
    """A panel for each attribute: every threshold, the front, and the decisions in use with their intervals."""
    names = list(clouds) if len(clouds) <= _PANELS else [*list(clouds)[: _PANELS - 1], list(clouds)[-1]]
    figure = Figure(figsize=(1 + 3.9 * max(len(names), 2), 4.6), layout="constrained", dpi=130)
    panels = figure.subplots(1, len(names), squeeze=False, sharey=True)[0]
    for axes, name in zip(panels, names, strict=True):
        accuracy, difference = clouds[name]
        places = front(accuracy, difference)
        axes.scatter(difference, accuracy, s=14, color=_DOTS, linewidths=0, label="one threshold for everybody")
        axes.plot(
            difference[places],
            accuracy[places],
            "o-",
            color=_FRONT,
            markersize=4,
            linewidth=1.6,
            label="Pareto front: those that no other dominates",
        )
        used = attributes[name]["in_use"]
        across, up = used["demographic_parity_difference"], used["balanced_accuracy"]
        axes.plot([across["low"], across["high"]], [up["value"]] * 2, color=_USED, linewidth=2, solid_capstyle="round")
        axes.plot([across["value"]] * 2, [up["low"], up["high"]], color=_USED, linewidth=2, solid_capstyle="round")
        axes.plot(
            [across["value"]],
            [up["value"]],
            "D",
            color=_USED,
            markersize=7,
            markeredgecolor="white",
            label=f"decisions in use, with {confidence:.0%} intervals",
        )
        axes.set_title(_short(name), fontsize=11, color=_INK, loc="left")
        axes.set_xlim(left=-0.01)
        axes.set_xlabel("demographic parity difference", color=_INK)
        axes.tick_params(length=0, colors=_INK, labelsize=9)
        axes.grid(color="#e6e6e6", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("balanced accuracy", color=_INK)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
    few = f"; {len(names)} of {len(clouds)} attributes" if len(names) < len(clouds) else ""
    figure.suptitle(
        f"Accuracy and fairness of {len(next(iter(clouds.values()))[0])} thresholds on {rows:,} test rows; "
        f"better is up and to the left{few}",
        x=0.01,
        ha="left",
        fontsize=12,
        color=_INK,
    )
    figure.savefig(path, metadata={"Software": None})


def _short(name: str, most: int = 40) -> str:
    """Text for a picture: one line, no mathematics."""
    text = " ".join(name.split()).replace("$", "\\$")
    return text if len(text) <= most else f"{text[: most - 1]}…"
