"""How much each column moves what the model says of a row, by permutation SHAP over the raw columns.

Source: Lundberg and Lee (2017), A unified approach to interpreting model predictions. The model is only asked for
scores, so preparation and everything around the estimator are part of what is explained, and there is one value for
each column of the table. Pictures and evidence hold averages and a made-up row, never a row of the data.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shap
from matplotlib.figure import Figure

#: Larger sums of rounding errors mean that the values do not explain this model.
LARGEST_ADDITIVITY_ERROR = 1e-6

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
    figures: Path,
    seed: int,
    rows: int = 100,
    background: int = 50,
    permutations: int = 2,
) -> dict[str, Any]:
    """Explain test rows, draw what moves the score overall and for a typical low one, and test the explanation.

    Parameters
    ----------
    model : estimator
        Trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that stand for the values a column might have had, and rows to explain; texts and gaps are welcome.
    outcome : callable
        Gives the score that is explained for each row: the probability of the favourable outcome, or the number that
        the model predicts.
    figures : Path
        Folder; made if it is not there. Gets ``shap_overall.png`` and ``shap_example.png``.
    seed : int
        Of the draws of rows and permutations.
    rows, background : int
        How many rows are drawn from ``X_test`` and ``X_train``.
    permutations : int
        Orders of the columns tried for each row, each forwards and backwards.

    Returns
    -------
    dict
        Evidence. It holds when the values of each row add up to its score, and when taking away the column that
        matters most to a row changes its score more than taking away the one that matters least. ``holds`` is None if
        the model refuses rows mixed from two people.

    Notes
    -----
    The model scores about ``rows * background * permutations * (2 * n_columns + 1)`` rows at most.
    """
    started = time.perf_counter()
    explained = X_test.sample(min(rows, len(X_test)), random_state=seed)
    against = X_train.sample(min(background, len(X_train)), random_state=seed)
    found = outcome(model, explained)
    scores, quantity = found.to_numpy(dtype=float), str(found.name)
    measured: dict[str, Any] = {
        "explained": quantity,
        "rows": len(explained),
        "background_rows": len(against),
        "permutations": permutations,
    }
    lowest = explained.iloc[np.argsort(scores, kind="stable")[: max(len(scores) // 3, FEWEST_LOWEST)]]
    example = typical(lowest)
    try:
        values, base = shap_values(model, outcome, against, pd.concat([explained, example]), permutations, seed)
        strongest, weakest = np.abs(values[:-1]).argmax(axis=1), np.abs(values[:-1]).argmin(axis=1)
        loss_of_strongest = _change_without(model, outcome, explained, strongest, against, scores)
        loss_of_weakest = _change_without(model, outcome, explained, weakest, against, scores)
    except ValueError as refusal:
        because = f"the model refuses rows mixed from two people ({' '.join(str(refusal).split())})"
        return {"measured": measured, "holds": None, "because": because}

    example_values, values = values[-1], values[:-1]
    importance = pd.Series(np.abs(values).mean(axis=0), index=X_test.columns).sort_values(ascending=False)
    error = float(np.abs(base + values.sum(axis=1) - scores).max())
    measured |= {
        "base_score": round(base, 6),
        "mean_absolute_shap": {str(column): round(float(value), 6) for column, value in importance.items()},
        "largest_additivity_error": round(error, 6),
        "change_without_strongest_column": round(loss_of_strongest, 6),
        "change_without_weakest_column": round(loss_of_weakest, 6),
        "rank_agreement_between_halves": _rank_agreement(values),
        "example": {
            str(column): {"value": _worded(example[column].iloc[0]), "shap": round(float(value), 6)}
            for column, value in zip(X_test.columns, example_values, strict=True)
        },
    }
    figures.mkdir(parents=True, exist_ok=True)
    _draw_overall(importance, quantity, len(explained), figures / "shap_overall.png")
    title = f"Why the {quantity} of a row typical of low ones is {base + example_values.sum():.3f}"
    _draw_example(
        example, example_values, f"{title}\n(a made-up row; {base:.3f} on average)", figures / "shap_example.png"
    )
    measured["seconds"] = round(time.perf_counter() - started, 1)

    adds_up, ranks_well = error <= LARGEST_ADDITIVITY_ERROR, loss_of_strongest >= loss_of_weakest
    if not adds_up:
        because = f"the values of a row miss its score by up to {error:.3g}, so they do not explain this model"
    elif not ranks_well:
        because = (
            "taking away the column that should matter least changes the scores more than the one that matters most"
        )
    else:
        because = (
            f"the values of {len(explained)} rows add up to their scores; without the strongest column a score changes "
            f"by {loss_of_strongest:.3f} on average, without the weakest by {loss_of_weakest:.3f}"
        )
    threshold = {"largest_additivity_error": LARGEST_ADDITIVITY_ERROR}
    return {"measured": measured, "threshold": threshold, "holds": adds_up and ranks_well, "because": because}


def shap_values(
    model: Any, outcome: Outcome, background: pd.DataFrame, rows: pd.DataFrame, permutations: int, seed: int
) -> tuple[np.ndarray, float]:
    """SHAP values of each row, one for each column.

    Parameters
    ----------
    model : estimator
        Trained.
    outcome : callable
        Gives the score of each row.
    background, rows : DataFrame of shape (n_rows, n_columns)
        A column that is taken away from a row gets its values in the background instead.
    permutations : int
        Orders of the columns tried for each row, each forwards and backwards.
    seed : int
        Of the permutations.

    Returns
    -------
    values : array of shape (n_rows, n_columns)
        In units of the score; with the base score they add up to the score of the row.
    base : float
        Mean score of the background.
    """
    together = pd.concat([background, rows])
    # Each column is coded by the position among its distinct values, so that texts and gaps pass through the masker.
    coded = [pd.factorize(together[column], use_na_sentinel=False) for column in together.columns]
    codes = np.column_stack([code for code, _ in coded]).astype(float)
    levels = dict(zip(together.columns, (level for _, level in coded), strict=True))

    def score(table: np.ndarray) -> np.ndarray:
        columns = zip(levels.items(), table.astype(int).T, strict=True)
        mixed = pd.DataFrame({column: level.take(code) for (column, level), code in columns})
        return outcome(model, mixed).to_numpy(dtype=float)

    masker = shap.maskers.Independent(codes[: len(background)], max_samples=len(background))
    explainer = shap.PermutationExplainer(score, masker, seed=seed)
    evaluations = permutations * (2 * len(levels) + 1)
    explanation = explainer(codes[len(background) :], max_evals=evaluations, silent=True)
    return np.asarray(explanation.values), float(np.mean(explanation.base_values))


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


def _change_without(
    model: Any,
    outcome: Outcome,
    rows: pd.DataFrame,
    columns: np.ndarray,
    background: pd.DataFrame,
    scores: np.ndarray,
) -> float:
    """Mean absolute change of the score when one column of each row gets its values in the background."""
    repeated = rows.loc[rows.index.repeat(len(background))].reset_index(drop=True)
    of_row = np.repeat(columns, len(background))
    for place, column in enumerate(rows.columns):
        replacement = pd.Series(np.tile(background[column].to_numpy(), len(rows)), index=repeated.index)
        repeated[column] = repeated[column].where(of_row != place, replacement)
    without = outcome(model, repeated).to_numpy(dtype=float).reshape(len(rows), len(background)).mean(axis=1)
    return float(np.abs(without - scores).mean())


def _rank_agreement(values: np.ndarray) -> float | None:
    """Spearman correlation of the importances of the columns in two halves of the rows; None if there is none."""
    halves = pd.DataFrame({half: np.abs(values[half::2]).mean(axis=0) for half in (0, 1)})
    agreement = halves.rank().corr().iloc[0, 1]
    return None if np.isnan(agreement) else round(float(agreement), 6)


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
