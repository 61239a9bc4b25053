"""How much each column moves the score of a linear model: its exact SHAP values, read off the coefficients.

Source: Lundberg and Lee (2017), A unified approach to interpreting model predictions, corollary 1: where a score is a
sum over columns, the Shapley value of a column is its term less the mean of this term over a background. Prepared
columns that come from one column of the table are one player, so there is one value for each column of the table and
nothing is estimated. What is explained is the score: the log odds of the favourable outcome, the distance from the
plane, or the predicted number; of several classes, the mean score of the favourable ones less that of the others.
Pictures and evidence hold averages and a made-up row, never a row of the data.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.pipeline import Pipeline

#: Larger sums of rounding errors mean that the values do not explain this model.
LARGEST_ADDITIVITY_ERROR = 1e-6

#: Values that differ by less do not differ.
ROUNDING = 1e-12

#: The example is made up from the rows with the lowest scores, at least as many, so that it resembles nobody.
FEWEST_LOWEST = 10

#: Gives a number for each row of a table; the name of the series says what the numbers are.
Outcome = Callable[[Any, pd.DataFrame], pd.Series]

_UP, _DOWN, _INK = "#0b6e99", "#c1602c", "#333333"


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    favourable: Sequence[int],
    figures: Path,
    seed: int,
    rows: int = 2000,
    background: int = 2000,
) -> dict[str, Any]:
    """Explain test rows, draw what moves the score overall and for a typical low one, and test the explanation.

    Parameters
    ----------
    model : estimator
        Trained; a pipeline that ends with a linear model, alone or inside wrappers that only change its training.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that stand for the values a column might have had, and rows to explain; texts and gaps are welcome.
    outcome : callable
        What the model makes of the score: a probability, a decision, or the number itself.
    favourable : sequence of int
        Codes that people hope for.
    figures : Path
        Folder; made if it is not there. Gets ``linear_shap_overall.png`` and ``linear_shap_example.png``.
    seed : int
        Of the draws of rows.
    rows, background : int
        How many rows are drawn from ``X_test`` and ``X_train`` at most.

    Returns
    -------
    dict
        Evidence. It holds when the values of each row add up to its score. ``holds`` is None where a prepared column
        comes from several columns of the table, so that it belongs to none of them. Nothing is drawn but the
        background, so how stable the values are is said by how well those against one half of it agree with those
        against the other; those against the whole are their mean.
    """
    started = time.perf_counter()
    explained = X_test.sample(min(rows, len(X_test)), random_state=seed)
    against = X_train.sample(min(background, len(X_train)), random_state=seed)
    said = outcome(model, explained)
    quantity = f"score behind the {said.name}"
    measured: dict[str, Any] = {"explained": quantity, "rows": len(explained), "background_rows": len(against)}
    try:
        values, base, scores = shap_values(model, favourable, against, explained)
        halves = [against.iloc[half::2] for half in range(min(2, len(against)))]
        parts = [shap_values(model, favourable, half, explained)[0] for half in halves]
    except ValueError as refusal:
        return {"measured": measured, "holds": None, "because": str(refusal)}
    lowest = explained.iloc[np.argsort(scores, kind="stable")[: max(len(scores) // 3, FEWEST_LOWEST)]]
    example = typical(lowest)
    example_values = shap_values(model, favourable, against, example)[0][0]

    importance = pd.Series(np.abs(values).mean(axis=0), index=X_test.columns).sort_values(ascending=False)
    errors = np.abs(base + values.sum(axis=1) - scores) / np.maximum(1.0, np.abs(scores))
    error = float(errors.max())
    measured |= {
        "base_score": round(base, 6),
        "mean_absolute_shap": {str(column): round(float(value), 6) for column, value in importance.items()},
        "largest_additivity_error": float(f"{error:.3g}"),
        "coverage": round(float((errors <= LARGEST_ADDITIVITY_ERROR).mean()), 6),
        "agreement_between_backgrounds": _agreement(parts[0], parts[-1]) if len(parts) > 1 else None,
        "rank_agreement_with_outcome": _rank_agreement(pd.Series(scores), pd.Series(said.to_numpy(dtype=float))),
        "rank_agreement_between_halves": _rank_agreement(*_importances_of_halves(values)),
        "example": {
            str(column): {"value": _worded(example[column].iloc[0]), "shap": round(float(value), 6)}
            for column, value in zip(X_test.columns, example_values, strict=True)
        },
    }
    figures.mkdir(parents=True, exist_ok=True)
    _draw_overall(importance, quantity, len(explained), figures / "linear_shap_overall.png")
    title = f"Why a row typical of low ones, made up, has the score {base + example_values.sum():.3f}"
    title += f"\n({quantity}; {base:.3f} on average)"
    _draw_example(example, example_values, title, figures / "linear_shap_example.png")
    measured["seconds"] = round(time.perf_counter() - started, 1)
    adds_up = error <= LARGEST_ADDITIVITY_ERROR
    because = (
        f"the values of {len(explained)} rows add up to their scores; {importance.index[0]} moves a score most, by "
        f"{importance.iloc[0]:.3f} on average"
        if adds_up
        else f"the values of a row miss its score by up to {error:.3g}, so they do not explain this model"
    )
    threshold = {"largest_additivity_error": LARGEST_ADDITIVITY_ERROR}
    return {"measured": measured, "threshold": threshold, "holds": adds_up, "because": because}


def shap_values(
    model: Any, favourable: Sequence[int], background: pd.DataFrame, rows: pd.DataFrame
) -> tuple[np.ndarray, float, np.ndarray]:
    """SHAP values of each row, one for each column of the table.

    Parameters
    ----------
    model : estimator
        Trained.
    favourable : sequence of int
        Codes that people hope for.
    background, rows : DataFrame of shape (n_rows, n_columns)
        A column that is taken away from a row gets its values in the background instead.

    Returns
    -------
    values : array of shape (n_rows, n_columns)
        With the base they add up to the score of the row.
    base : float
        Mean score of the background.
    scores : array of shape (n_rows,)
        Worked out by the model itself, without these values.

    Raises
    ------
    ValueError
        If there is no linear model in it, or a prepared column comes from several columns of the table.
    """
    pipeline = linear_pipeline(model)
    reached = rows_reaching(pipeline, model, pd.concat([background, rows], ignore_index=True))
    coefficients, intercept = _of_score(pipeline[-1], favourable)
    prepared = _prepared(pipeline, reached)
    terms = prepared * coefficients
    average = terms[: len(background)].mean(axis=0)
    origins = origins_of(pipeline, reached)
    values = np.zeros((len(rows), rows.shape[1]))
    for place, origin in enumerate(origins):
        if origin is not None:
            values[:, origin] += terms[len(background) :, place] - average[place]
    return values, float(average.sum() + intercept), _scores(pipeline, reached.iloc[len(background) :], favourable)


def linear_pipeline(model: Any) -> Pipeline:
    """The trained pipeline inside a model that ends with a linear one.

    Raises
    ------
    ValueError
        If there is none.
    """
    inner = model
    while not isinstance(inner, Pipeline):
        if not hasattr(inner, "estimator_"):
            raise ValueError(f"there is no pipeline in {type(model).__name__}")
        inner = inner.estimator_
    if not hasattr(inner[-1], "coef_"):
        raise ValueError(f"{type(inner[-1]).__name__} is no linear model, or is not trained")
    return inner


def rows_reaching(pipeline: Pipeline, model: Any, X: pd.DataFrame) -> pd.DataFrame:
    """The rows as they arrive at the pipeline: what is around it may change them on their way.

    Raises
    ------
    ValueError
        If the model predicts without the predictions of the pipeline.
    """
    reached: list[pd.DataFrame] = []

    def note_rows(rows: pd.DataFrame) -> np.ndarray:
        reached.append(rows)
        return np.asarray(type(pipeline).predict(pipeline, rows))

    pipeline.predict = note_rows
    try:
        model.predict(X)
    finally:
        del pipeline.predict
    if not reached:
        raise ValueError(f"{type(model).__name__} predicts without the predictions of its pipeline")
    return pd.concat(reached)


def origins_of(pipeline: Pipeline, rows: pd.DataFrame) -> list[int | None]:
    """For each prepared column the place of the column of the table that it comes from; None for one without change.

    Raises
    ------
    ValueError
        If it comes from several.

    Notes
    -----
    The values of a column are moved on by one row. What is not the same all over and depends on this column alone
    then changes somewhere, so nothing has to be known of the steps of the pipeline.
    """
    prepared = _prepared(pipeline, rows)
    found: list[int | None] = [None] * prepared.shape[1]
    for place, column in enumerate(rows.columns):
        moved = rows.assign(**{column: rows[column].iloc[np.arange(-1, len(rows) - 1)].to_numpy()})
        moved = moved.astype({column: rows[column].dtype})
        for changed in np.flatnonzero((_prepared(pipeline, moved) != prepared).any(axis=0)):
            if found[changed] is not None:
                raise ValueError(f"a prepared column comes from {rows.columns[found[changed]]} and {column} together")
            found[changed] = place
    return found


def _prepared(pipeline: Pipeline, rows: pd.DataFrame) -> np.ndarray:
    return np.asarray(pipeline[:-1].transform(rows), dtype=float)


def _of_score(estimator: Any, favourable: Sequence[int]) -> tuple[np.ndarray, float]:
    """Coefficients and intercept of the score; of several classes, favourable ones less the others."""
    coefficients, intercepts = np.atleast_2d(estimator.coef_), np.atleast_1d(estimator.intercept_)
    share = _shares(estimator, favourable, len(coefficients))
    return share @ coefficients, float(share @ intercepts)


def _scores(pipeline: Pipeline, rows: pd.DataFrame, favourable: Sequence[int]) -> np.ndarray:
    score = getattr(pipeline, "decision_function", pipeline.predict)
    found = np.asarray(score(rows), dtype=float).reshape(len(rows), -1)
    return found @ _shares(pipeline[-1], favourable, found.shape[1])


def _shares(estimator: Any, favourable: Sequence[int], scores: int) -> np.ndarray:
    """How much each of the scores of a row counts."""
    if scores == 1:
        return np.ones(1)
    wanted = np.isin(estimator.classes_, favourable)
    return np.where(wanted, 1 / max(wanted.sum(), 1), -1 / max((~wanted).sum(), 1))


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


def _agreement(values: np.ndarray, others: np.ndarray) -> float | None:
    """Mean over rows of the correlation, over columns, of their values; None where no row has values that differ."""
    told = (np.ptp(values, axis=1) > ROUNDING) & (np.ptp(others, axis=1) > ROUNDING)
    found = [np.corrcoef(one, other)[0, 1] for one, other in zip(values[told], others[told], strict=True)]
    return round(float(np.mean(found)), 6) if found else None


def _importances_of_halves(values: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Mean absolute value of each column in every other row, and in the rest; the same twice for a single row."""
    sizes = np.abs(values)
    return pd.Series(sizes[::2].mean(axis=0)), pd.Series(sizes[min(1, len(values) - 1) :: 2].mean(axis=0))


def _rank_agreement(one: pd.Series, other: pd.Series) -> float | None:
    """Spearman correlation; None where either is the same throughout."""
    # What differs by rounding alone is a tie.
    one, other = one.round(9), other.round(9)
    if min(one.nunique(), other.nunique()) < 2:
        return None
    return round(float(one.rank().corr(other.rank())), 6)


def _draw_overall(importance: pd.Series, quantity: str, rows: int, path: Path, most: int = 15) -> None:
    shown = importance.iloc[:most][::-1]
    figure, axes = _bars([_short(column) for column in shown.index], shown.to_numpy(), [_UP] * len(shown))
    left_out = f"; the {most} strongest of {len(importance)} columns" if len(importance) > most else ""
    figure.suptitle(f"What moves the {quantity}", x=0.01, ha="left", color=_INK, fontsize=12)
    axes.set_xlabel(f"mean absolute SHAP value over {rows} test rows{left_out}", color=_INK)
    for place, value in enumerate(shown):
        axes.text(value, place, f" {value:.3f}", va="center", fontsize=9, color=_INK)
    axes.set_xlim(0, max(float(shown.max()), 1e-9) * 1.12)
    figure.savefig(path, metadata={"Software": None})


def _draw_example(row: pd.DataFrame, values: np.ndarray, title: str, path: Path, most: int = 15) -> None:
    order = np.argsort(-np.abs(values), kind="stable")[:most][::-1]
    names = [f"{_short(row.columns[place])} = {_short(_worded(row.iloc[0, place]))}" for place in order]
    figure, axes = _bars(names, values[order], [_UP if value >= 0 else _DOWN for value in values[order]])
    axes.axvline(0, color=_INK, linewidth=0.8)
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=12)
    axes.set_xlabel("SHAP value: what the column adds to the average", color=_INK)
    reach = max(float(np.abs(values).max()), 1e-9)
    for place, value in enumerate(values[order]):
        align = "left" if value >= 0 else "right"
        axes.text(value, place, f" {value:+.3f} ", va="center", ha=align, fontsize=9, color=_INK)
    axes.set_xlim(min(0.0, float(values.min())) - 0.18 * reach, max(0.0, float(values.max())) + 0.18 * reach)
    figure.savefig(path, metadata={"Software": None})


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


def _short(name: Any, most: int = 32) -> str:
    """Text for a picture: one line, no mathematics."""
    text = " ".join(str(name).split()).replace("$", "\\$")
    return text if len(text) <= most else f"{text[: most - 1]}…"
