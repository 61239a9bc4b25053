"""Whether probabilities can be read as frequencies: Brier score, expected calibration error and a reliability diagram.

Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78(1): the mean over
rows of the summed squares of probability minus outcome; with two outcomes half of it, which is the usual form today.
Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning, AAAI: the rows are
cut by probability into groups of equal size, and the distances between mean probability and share of the outcome are
averaged, weighted by size. With more than two classes it is the probability of the predicted class that is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

_INK, _LINE = "#333333", "#0b6e99"

#: A group of rows with fewer tells nothing about a frequency.
_LEAST_PER_BIN = 10
#: Values drawn at a time, so that the bootstrap of a large table stays in memory and time.
_AT_ONCE = 20_000_000


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    outcomes: Sequence[str],
    figures: Path,
    seed: int,
    bins: int = 10,
    largest_error: float = 0.05,
    draws: int = 500,
) -> dict[str, Any]:
    """Brier score and expected calibration error on the test rows, with 95 % intervals; and a reliability diagram.

    Parameters
    ----------
    model : classifier
        Trained, with ``predict_proba`` and ``classes_``.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Codes of their labels.
    outcomes : sequence of str
        What the codes mean.
    figures : Path
        Folder of the picture ``calibration.png``; made where it does not exist.
    seed : int
        Of the bootstrap.
    bins : int
        Groups of equal size; fewer where they would hold less than ten rows.
    largest_error : float
        Largest expected calibration error allowed, from 0 to 1.
    draws : int
        Bootstrap draws; fewer for more than 40,000 rows.

    Returns
    -------
    dict
        Evidence. ``holds`` is None where the interval of the error contains the limit, or the rows are too few.

    Notes
    -----
    The error of a perfectly calibrated model is above zero in a sample, since each share strays by chance.
    ``error_by_chance`` is its mean if outcomes were drawn with the stated probabilities (Bröcker and Smith 2007). The
    bootstrap adds that chance a second time, so the interval is shifted back by it (bias-corrected), not below zero.
    """
    threshold = {"expected_calibration_error": largest_error}
    if len(X) < 2 * _LEAST_PER_BIN:
        because = f"{len(X)} test rows are too few for two groups of {_LEAST_PER_BIN}"
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
    probabilities = np.asarray(model.predict_proba(X), dtype=float)
    classes, labels = np.asarray(model.classes_), np.asarray(y)
    hits = labels[:, None] == classes[None, :]
    losses = ((probabilities - hits) ** 2).sum(axis=1) / (2 if len(classes) == 2 else 1)
    if len(classes) == 2:
        told, came, about = probabilities[:, 1], hits[:, 1].astype(float), str(outcomes[int(classes[1])])
    else:
        best = probabilities.argmax(axis=1)
        told, came = probabilities.max(axis=1), hits[np.arange(len(labels)), best].astype(float)
        about = "the predicted class"
    used = min(bins, len(X) // _LEAST_PER_BIN)
    error = calibration_error(told, came, used)
    source = np.random.default_rng(seed)
    enough = max(100, min(draws, _AT_ONCE // len(told)))
    rows = [source.integers(0, len(told), len(told)) for _ in range(enough)]
    drawn_errors = np.array([calibration_error(told[drawn], came[drawn], used) for drawn in rows])
    by_chance = float(
        np.mean([calibration_error(told, (source.random(len(told)) < told).astype(float), used) for _ in range(100)])
    )
    # A bootstrap sample is to the sample what the sample is to the population: what it adds on average is taken off.
    low, high = np.maximum(np.quantile(drawn_errors, [0.025, 0.975]) - (drawn_errors.mean() - error), 0.0)
    brier_ends = np.quantile([losses[drawn].mean() for drawn in rows], [0.025, 0.975])
    holds = True if high <= largest_error else False if low > largest_error else None
    table = reliability(told, came, used)
    figures.mkdir(parents=True, exist_ok=True)
    _draw(table, about, len(told), figures / "calibration.png")
    verdict = {True: "not above", False: "above", None: "not clearly above or below"}[holds]
    return {
        "measured": {
            "rows": len(told),
            "bins": used,
            "brier_score": _figure(float(losses.mean()), *brier_ends),
            "expected_calibration_error": _figure(error, low, high),
            "error_by_chance": round(by_chance, 6),
            "probability_of": about,
            "reliability": [
                {key: round(float(value), 6) if key != "rows" else int(value) for key, value in row.items()}
                for row in table.to_dict("records")
            ],
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"probabilities differ from frequencies by {error:.3f} [{low:.3f}, {high:.3f}] on average, {verdict} "
            f"{largest_error:g}; a perfect model would show {by_chance:.3f} by chance; Brier score {losses.mean():.3f}"
        ),
    }


def reliability(told: np.ndarray, came: np.ndarray, bins: int) -> pd.DataFrame:
    """Mean probability, share of the outcome and number of rows, for groups of equal size by probability.

    Equal probabilities never part: a group ends only where the probability changes.
    """
    probability, share, sizes = _groups(told, came, bins)
    return pd.DataFrame({"probability": probability, "share": share, "rows": sizes})


def calibration_error(told: np.ndarray, came: np.ndarray, bins: int) -> float:
    """Mean distance between probability and share of the outcome over `reliability`, weighted by rows."""
    probability, share, sizes = _groups(told, came, bins)
    return float(np.average(np.abs(probability - share), weights=sizes))


def _groups(told: np.ndarray, came: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    order = np.argsort(told, kind="stable")
    values = told[order]
    # Where a limit falls among equal values it moves to their first; limits that meet are one.
    places = np.unique(np.searchsorted(values, values[(np.arange(bins) * len(values)) // bins]))
    sizes = np.diff(np.append(places, len(values)))
    return np.add.reduceat(values, places) / sizes, np.add.reduceat(came[order], places) / sizes, sizes


def _figure(value: float, low: float, high: float) -> dict[str, float]:
    return {"value": round(value, 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _draw(table: pd.DataFrame, about: str, rows: int, path: Path) -> None:
    figure = Figure(figsize=(6.4, 5.6), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_INK, linewidth=1, linestyle=":")
    axes.plot(table["probability"], table["share"], color=_LINE, marker="o")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_aspect("equal")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel(f"mean probability, {len(table)} groups of {rows} test rows", color=_INK)
    axes.set_ylabel("share of rows where it came true", color=_INK)
    # A dollar sign would begin a formula.
    title = f"Probability of {about}".replace("$", r"\$")[:70]
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})
