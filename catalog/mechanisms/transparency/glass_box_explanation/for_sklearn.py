"""The model read as it is: what each term of an explainable boosting machine adds to the score.

Nothing is estimated here. The terms are the model (Lou, Caruana, Gehrke, Hooker 2013, doi 10.1145/2487575.2487579);
that they add up to the scores, and that decisions follow from these, is tested on the given rows. Pictures and evidence
hold averages and a made-up row, never a row of the data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier
from matplotlib.figure import Figure

#: A larger difference between a score and the sum of the terms means that the terms are not the model.
LARGEST_DIFFERENCE = 1e-6

#: The example is made up from the refused rows if there are as many, so that it resembles nobody in particular.
FEWEST_REFUSED = 10

_UP, _DOWN, _INK, _BAND = "#0b6e99", "#c1602c", "#333333", "#cfe3ec"


def explain(model: Any, X_test: pd.DataFrame, figures: Path, curves: int = 6) -> dict[str, Any]:
    """Read the terms of the model, draw them, and test that they are the model.

    Parameters
    ----------
    model : classifier
        Trained; an explainable boosting machine, alone or inside pipelines and wrappers.
    X_test : DataFrame of shape (n_rows, n_columns)
        Rows over which importances are averaged.
    figures : Path
        Folder; made if it is not there. Gets ``glass_box_overall.png``, ``glass_box_curves.png`` and
        ``glass_box_example.png``.
    curves : int
        How many terms of one column are drawn, the most important ones.

    Returns
    -------
    dict
        Evidence; it holds when intercept and terms add up to the score of every row and each decision is the more
        probable one.

    Raises
    ------
    ValueError
        If there is no explainable boosting machine in the model.
    """
    glass_box = glass_box_in(model)
    contributions, scores = terms_of(glass_box, model, X_test)
    intercept = float(glass_box.intercept_[0])
    added_up = _probability(intercept + contributions.sum(axis=1))
    difference = float(np.abs(added_up - scores).max())
    decisions = np.asarray(model.predict(X_test))
    follows = float(np.mean(decisions == (added_up > 0.5)))

    importance = contributions.abs().mean().sort_values(ascending=False, kind="stable")
    refused = X_test[decisions == 0]
    example = typical(refused if len(refused) >= FEWEST_REFUSED else X_test)
    example_terms, example_score = terms_of(glass_box, model, example)
    figures.mkdir(parents=True, exist_ok=True)
    _draw_overall(importance, len(X_test), figures / "glass_box_overall.png")
    _draw_curves(glass_box, importance, curves, figures / "glass_box_curves.png")
    kind = "refused row" if len(refused) >= FEWEST_REFUSED else "row"
    title = f"Why the probability of the favourable outcome of a typical {kind} is {example_score[0]:.3f}\n(made up)"
    _draw_example(example_terms.iloc[0], intercept, example.iloc[0], title, figures / "glass_box_example.png")

    if difference > LARGEST_DIFFERENCE:
        because = f"the terms miss the score of a row by up to {difference:.3g}, so they are not all of the model"
    elif follows < 1:
        because = f"{1 - follows:.1%} of the decisions do not follow from the score that the terms add up to"
    else:
        because = f"intercept and {contributions.shape[1]} terms add up to the score of each of {len(X_test)} rows"
    return {
        "measured": {
            "intercept": round(intercept, 6),
            "terms": contributions.shape[1],
            "rows": len(X_test),
            "mean_absolute_contribution": {str(term): round(float(value), 6) for term, value in importance.items()},
            "largest_difference": round(difference, 6),
            "decisions_that_follow": round(follows, 6),
            "example": {str(term): round(float(value), 6) for term, value in example_terms.iloc[0].items()},
        },
        "threshold": {"largest_difference": LARGEST_DIFFERENCE},
        "holds": difference <= LARGEST_DIFFERENCE and follows == 1,
        "because": because,
    }


def glass_box_in(model: Any) -> ExplainableBoostingClassifier:
    """The trained explainable boosting machine inside pipelines and wrappers.

    Raises
    ------
    ValueError
        If there is none.
    """
    inner = model
    while not isinstance(inner, ExplainableBoostingClassifier):
        if hasattr(inner, "steps"):
            inner = inner.steps[-1][1]
        elif hasattr(inner, "estimator_"):
            inner = inner.estimator_
        else:
            raise ValueError(f"there is no explainable boosting machine in {type(model).__name__}")
    return inner


def terms_of(glass_box: ExplainableBoostingClassifier, model: Any, X: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """What each term adds to the log odds of each row, and the score that the whole model gives.

    Parameters
    ----------
    glass_box : ExplainableBoostingClassifier
        Inside ``model``.
    model : classifier
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Rows as ``model`` takes them.

    Returns
    -------
    contributions : DataFrame of shape (n_rows, n_terms)
    scores : array of shape (n_rows,)
        Probabilities of class 1.
    """
    reached: list[pd.DataFrame] = []

    def note_rows(rows: pd.DataFrame) -> np.ndarray:
        reached.append(rows)
        return np.asarray(ExplainableBoostingClassifier.predict_proba(glass_box, rows))

    # What is around the machine may change rows on their way, so they are taken where they arrive.
    glass_box.predict_proba = note_rows
    try:
        scores = np.asarray(model.predict_proba(X), dtype=float)[:, 1]
    finally:
        del glass_box.predict_proba
    terms = np.concatenate([glass_box.eval_terms(rows) for rows in reached])
    return pd.DataFrame(terms, columns=glass_box.term_names_), scores


def typical(rows: pd.DataFrame) -> pd.DataFrame:
    """A made-up row: the median of each column of numbers, the most frequent level of each other one.

    Parameters
    ----------
    rows : DataFrame of shape (n_rows, n_columns)

    Returns
    -------
    DataFrame of shape (1, n_columns)
    """
    values = {}
    for column in rows.columns:
        known = rows[column].dropna()
        if not len(known):
            values[column] = rows[column].iloc[:1].to_numpy()
        elif pd.api.types.is_numeric_dtype(known):
            values[column] = np.array([known.median()])
        else:
            values[column] = known.mode().iloc[:1].to_numpy()
    return pd.DataFrame(values)


def _probability(log_odds: pd.Series) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds.to_numpy(dtype=float)))


def _draw_overall(importance: pd.Series, rows: int, path: Path, most: int = 15) -> None:
    shown = importance.iloc[:most][::-1]
    figure, axes = _bars([_short(term) for term in shown.index], shown.to_numpy(), [_UP] * len(shown))
    figure.suptitle("What the terms add to the log odds of the favourable outcome", x=0.01, ha="left", color=_INK)
    left_out = f"; the {most} strongest of {len(importance)} terms" if len(importance) > most else ""
    axes.set_xlabel(f"mean absolute contribution over {rows:,} test rows{left_out}", color=_INK)
    for place, value in enumerate(shown):
        axes.text(value, place, f" {value:.2f}", va="center", fontsize=9, color=_INK)
    axes.set_xlim(0, max(float(shown.max()), 1e-9) * 1.12)
    figure.savefig(path, metadata={"Software": None})


def _draw_example(terms: pd.Series, intercept: float, row: pd.Series, title: str, path: Path, most: int = 15) -> None:
    shown = terms.iloc[np.argsort(-terms.abs().to_numpy(), kind="stable")[:most]][::-1]
    names = [
        f"{_short(term)} = {_short(_worded(row[term]))}" if term in row.index else _short(term) for term in shown.index
    ]
    figure, axes = _bars(names, shown.to_numpy(), [_UP if value >= 0 else _DOWN for value in shown])
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=12)
    axes.axvline(0, color=_INK, linewidth=0.8)
    axes.set_xlabel(f"added to the log odds; the model starts from {intercept:+.2f}", color=_INK)
    reach = max(float(shown.abs().max()), 1e-9)
    for place, value in enumerate(shown):
        align = "left" if value >= 0 else "right"
        axes.text(value, place, f" {value:+.2f} ", va="center", ha=align, fontsize=9, color=_INK)
    axes.set_xlim(min(0.0, float(shown.min())) - 0.18 * reach, max(0.0, float(shown.max())) + 0.18 * reach)
    figure.savefig(path, metadata={"Software": None})


def _draw_curves(glass_box: ExplainableBoostingClassifier, importance: pd.Series, most: int, path: Path) -> None:
    """The most important terms of one column, each with the spread over the bags as a band."""
    single = [term for term in importance.index if len(_columns(glass_box, term)) == 1][:most]
    if not single:
        return
    overall = glass_box.explain_global()
    across = min(3, len(single))
    down = -(-len(single) // across)
    figure = Figure(figsize=(4.2 * across, 3.2 * down + 0.5), layout="constrained", dpi=130)
    grid = figure.subplots(down, across, squeeze=False).ravel()
    figure.suptitle("What a column adds to the log odds, by its value", x=0.01, ha="left", color=_INK, fontsize=12)
    for axes, term in zip(grid, single, strict=False):
        place = glass_box.term_names_.index(term)
        column = _columns(glass_box, term)[0]
        _draw_curve(axes, overall.data(place), glass_box.feature_types_in_[column] == "continuous")
        gap = float(glass_box.term_scores_[place][0])
        if gap:
            axes.axhline(gap, color=_DOWN, linestyle=":", linewidth=1.2)
            axes.annotate(
                "no value",
                (1, gap),
                xycoords=("axes fraction", "data"),
                ha="right",
                va="bottom",
                fontsize=8,
                color=_DOWN,
            )
        axes.axhline(0, color=_INK, linewidth=0.6)
        axes.set_title(_short(term), loc="left", fontsize=10, color=_INK)
        axes.tick_params(length=0, colors=_INK, labelsize=8)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    for axes in grid[len(single) :]:
        axes.set_visible(False)
    figure.savefig(path, metadata={"Software": None})


def _draw_curve(axes: Any, shape: dict[str, Any], is_number: bool, most_levels: int = 12) -> None:
    scores, low, high = (np.asarray(shape[name]) for name in ("scores", "lower_bounds", "upper_bounds"))
    if is_number:
        borders = np.asarray(shape["names"], dtype=float)
        axes.stairs(high, borders, baseline=low, fill=True, color=_BAND)
        axes.stairs(scores, borders, baseline=None, color=_UP, linewidth=1.6)
        axes.locator_params(axis="x", nbins=5)
        return
    order = np.argsort(-np.abs(scores), kind="stable")[:most_levels]
    order = order[np.argsort(scores[order], kind="stable")]
    spread = np.abs(np.stack([scores - low, high - scores]))[:, order]
    axes.bar(range(len(order)), scores[order], yerr=spread, color=_UP, ecolor=_INK, error_kw={"linewidth": 0.8})
    labels = [_short(shape["names"][place], 18) for place in order]
    axes.set_xticks(range(len(order)), labels, rotation=40, ha="right", rotation_mode="anchor")


def _columns(glass_box: ExplainableBoostingClassifier, term: str) -> tuple[int, ...]:
    return tuple(glass_box.term_features_[glass_box.term_names_.index(term)])


def _bars(names: list[str], lengths: np.ndarray, colours: list[str]) -> tuple[Figure, Any]:
    figure = Figure(figsize=(8, 1.4 + 0.34 * len(names)), layout="constrained", dpi=130)
    axes = figure.subplots()
    axes.barh(range(len(names)), lengths, color=colours, height=0.66)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(length=0, colors=_INK, labelsize=9)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _worded(value: Any) -> str:
    if pd.isna(value):
        return "no value"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(name: Any, most: int = 36) -> str:
    """Text for a picture: one line, no mathematics."""
    text = " ".join(str(name).split()).replace("$", "\\$")
    return text if len(text) <= most else f"{text[: most - 1]}…"
