"""What speaks for and against a single row: a sparse linear model fitted to what the model says of rows around it.

Ribeiro, Singh and Guestrin (2016), "Why should I trust you?": explaining the predictions of any classifier (LIME),
sections 3.1 to 3.4 and algorithm 1. The package ``lime`` of its authors has had no release since 2020, so its formula
stands here. Rows around a row get some of their values from training rows. They are compared with it in a
representation that people can read: by how many standard deviations a number differs, and whether anything else
differs. Near rows weigh more, the path of the lasso picks a few columns, and least squares give their coefficients. How
much of the model these give back, and whether they come out again, is measured on rows drawn anew. Pictures and
evidence hold averages and a made-up row, never a row of the data.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.linear_model import LinearRegression, lars_path

#: Gives a number for each row of a table; the name of the series says what the numbers are.
Outcome = Callable[[Any, pd.DataFrame], pd.Series]

#: Width of the kernel for each root of the number of columns, as in the package of the authors.
WIDTH = 0.75

#: Each value of a row around is taken from a training row with this probability.
REPLACED = 0.5

#: The example is made up from the rows with the lowest scores, at least as many, so that it resembles nobody.
FEWEST_LOWEST = 10

_DRAWS = 1000
_UP, _DOWN, _INK = "#0b6e99", "#c1602c", "#333333"


@dataclass(frozen=True, slots=True)
class Surrogate:
    """A sparse linear model around one row.

    Attributes
    ----------
    coefficients : array of shape (n_columns,)
        In units of the score, 0 for a column that is not named: what a number one standard deviation higher changes,
        or another value of anything else.
    intercept : float
    """

    coefficients: np.ndarray
    intercept: float

    def fidelity(self, around: Around) -> float | None:
        """Weighted R² on rows around; None where the model says the same of all of them."""
        mean = np.average(around.said, weights=around.weights)
        spread = float(around.weights @ (around.said - mean) ** 2)
        missed = float(around.weights @ (around.said - around.differences @ self.coefficients - self.intercept) ** 2)
        return 1 - missed / spread if spread > 0 else None


@dataclass(frozen=True, slots=True)
class Around:
    """Rows drawn around one row.

    Attributes
    ----------
    differences : array of shape (n_rows, n_columns)
        By how many standard deviations a number exceeds that of the row; 1 where anything else differs, 0 where it
        does not.
    said : array of shape (n_rows,)
        What the model says of each.
    weights : array of shape (n_rows,)
        How near each is, from 0 to 1.
    """

    differences: np.ndarray
    said: np.ndarray
    weights: np.ndarray


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    figures: Path,
    seed: int,
    rows: int = 50,
    perturbed: int = 500,
    columns: int = 5,
    smallest_fidelity: float = 0.5,
    smallest_agreement: float = 0.8,
    fewest_rows: int = 20,
) -> dict[str, Any]:
    """Explain test rows twice over, draw a typical low one, and measure how faithful and how stable this is.

    Parameters
    ----------
    model : estimator
        Trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that lend values, and rows to explain; texts and gaps are welcome.
    outcome : callable
        Gives the score that is explained for each row: the probability of the favourable outcome, or the number that
        the model predicts.
    figures : Path
        Folder; made if it is not there. Gets ``lime_overall.png`` and ``lime_example.png``.
    seed : int
        Of every draw.
    rows : int
        How many rows are drawn from ``X_test``.
    perturbed : int
        Rows drawn around each of them, twice.
    columns : int
        Most columns that an explanation names.
    smallest_fidelity : float
        Smallest mean weighted R² allowed.
    smallest_agreement : float
        Smallest mean share of the coefficients that must lie on columns named both times.
    fewest_rows : int
        With fewer explained rows nothing is judged.

    Returns
    -------
    dict
        Evidence; both means have their bootstrap interval of 95 %. A limit inside an interval leaves the question
        open, unless the other one is clearly missed.

    Notes
    -----
    The model scores ``2 * rows * perturbed`` rows.
    """
    explained = X_test.sample(min(rows, len(X_test)), random_state=seed)
    scores = outcome(model, explained)
    quantity, neighbourhood = str(scores.name), Neighbourhood(X_train)
    started = time.perf_counter()
    found: list[tuple[Surrogate, Surrogate]] = []
    fidelities: list[float] = []
    unchanging, refusal = 0, ""
    for place in range(len(explained)):
        row = explained.iloc[[place]]
        try:
            first, second = (
                neighbourhood.around(row, model, outcome, perturbed, np.random.default_rng([seed, place, draw]))
                for draw in (0, 1)
            )
        except ValueError as fault:
            refusal = refusal or " ".join(str(fault).split())
            continue
        pair = surrogate(first, columns), surrogate(second, columns)
        # Each is judged by the rows that the other one was fitted to.
        crossed = [pair[0].fidelity(second), pair[1].fidelity(first)]
        if any(value is None for value in crossed):
            unchanging += 1
            continue
        found.append(pair)
        fidelities.append(float(np.mean(crossed)))
    seconds = (time.perf_counter() - started) / max(len(explained), 1)

    measured: dict[str, Any] = {
        "explained": quantity,
        "rows": len(explained),
        "perturbed_rows": perturbed,
        "coverage": round(len(found) / max(len(explained), 1), 6),
        "rows_around_which_nothing_changes": unchanging,
        "seconds_per_row": round(seconds, 4),
    }
    threshold = {"smallest_fidelity": smallest_fidelity, "smallest_agreement": smallest_agreement}
    if not found:
        because = f"the model says the same of every row around each of {len(explained)} rows"
        if refusal:
            because = f"the model refuses rows mixed from two people ({refusal})"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}

    source = np.random.default_rng(seed)
    fidelity = mean_with_interval(fidelities, source)
    stability = mean_with_interval([agreement(*pair) for pair in found], source)
    coefficients = np.array([surrogate.coefficients for pair in found for surrogate in pair])
    overall = pd.DataFrame(
        {"mean": np.abs(coefficients).mean(axis=0), "named": (coefficients != 0).mean(axis=0)}, index=X_train.columns
    ).sort_values("mean", ascending=False, kind="stable")
    low, middle, high = np.quantile(fidelities, [0.05, 0.5, 0.95])
    measured |= {
        "fidelity": fidelity,
        "fidelity_of_rows": {
            "lowest_twentieth": round(float(low), 6),
            "median": round(float(middle), 6),
            "highest_twentieth": round(float(high), 6),
        },
        "agreement": stability,
        "same_columns": round(float(np.mean([same_columns(*pair) for pair in found])), 6),
        "columns": {
            str(column): {"mean_absolute_coefficient": round(float(mean), 6), "share_of_rows": round(float(named), 6)}
            for column, mean, named in overall.itertuples()
        },
    }
    figures.mkdir(parents=True, exist_ok=True)
    _draw_overall(overall, fidelities, quantity, figures / "lime_overall.png")
    order = np.argsort(scores.to_numpy(dtype=float), kind="stable")
    example = typical(explained.iloc[order[: max(len(order) // 3, FEWEST_LOWEST)]])
    try:
        near = neighbourhood.around(example, model, outcome, perturbed, np.random.default_rng(seed))
        score = float(outcome(model, example).iloc[0])
    except ValueError:
        measured["example"] = None
    else:
        named = pd.Series(surrogate(near, columns).coefficients, index=X_train.columns)
        named = named[named != 0].sort_values(key=np.abs, kind="stable")
        measured["example"] = {
            str(column): {"value": _worded(example[column].iloc[0]), "coefficient": round(float(value), 6)}
            for column, value in named[::-1].items()
        }
        title = (
            f"What changes the {quantity} around a row typical of low ones\n(a made-up row, whose own is {score:.3f})"
        )
        _draw_example(example, named, title, figures / "lime_example.png")
    verdicts = {
        f"the mean fidelity of {_told(fidelity)}": _reaches(fidelity, smallest_fidelity),
        f"the mean agreement of {_told(stability)}": _reaches(stability, smallest_agreement),
    }
    holds, because = _verdict(verdicts, len(found), fewest_rows)
    return {"measured": measured, "threshold": threshold, "holds": holds, "because": because}


class Neighbourhood:
    """Rows around a row, some values of which are taken from training rows.

    Parameters
    ----------
    X_train : DataFrame of shape (n_rows, n_columns)
    """

    def __init__(self, X_train: pd.DataFrame) -> None:
        self.lenders = X_train
        numbers = [column for column in X_train.columns if pd.api.types.is_numeric_dtype(X_train[column])]
        spreads = X_train[numbers].std(ddof=0)
        self.spreads = spreads.where(spreads > 0, 1.0)

    def around(
        self, row: pd.DataFrame, model: Any, outcome: Outcome, count: int, source: np.random.Generator
    ) -> Around:
        """Draw rows around one and ask the model.

        Parameters
        ----------
        row : DataFrame of shape (1, n_columns)
        model : estimator
            Trained.
        outcome : callable
            Gives the score of each row.
        count : int
            Rows to draw.
        source : numpy.random.Generator

        Returns
        -------
        Around

        Raises
        ------
        ValueError
            If the model refuses rows mixed from two people.
        """
        drawn, differences = {}, []
        for column in self.lenders.columns:
            own, lent = row[column], self.lenders[column]
            if column in self.spreads.index:
                lent = lent.dropna()
            lent = pd.concat([own, lent])
            places = source.integers(1, len(lent), size=count) if len(lent) > 1 else np.zeros(count, dtype=int)
            drawn[column] = lent.iloc[np.where(source.random(count) < REPLACED, places, 0)].reset_index(drop=True)
            differences.append(self._difference(column, own.iloc[0], drawn[column]))
        found = np.column_stack(differences)
        said = outcome(model, pd.DataFrame(drawn)).to_numpy(dtype=float)
        return Around(found, said, kernel(np.sqrt((found**2).sum(axis=1)), WIDTH * np.sqrt(found.shape[1])))

    def _difference(self, column: Any, own: Any, values: pd.Series) -> np.ndarray:
        if pd.isna(own):
            return values.notna().to_numpy(dtype=float)
        if column in self.spreads.index:
            return (values.to_numpy(dtype=float) - float(own)) / self.spreads[column]
        return (values != own).to_numpy(dtype=float)


def kernel(distances: np.ndarray, width: float) -> np.ndarray:
    """Weights of rows, exp(-distance² / width²): section 3.4 of the paper."""
    return np.exp(-((distances / width) ** 2))


def surrogate(around: Around, most: int) -> Surrogate:
    """Linear model of at most so many columns: the lasso chooses, least squares fit (algorithm 1, K-LASSO).

    Parameters
    ----------
    around : Around
    most : int
        Columns that may be named.
    """
    root = np.sqrt(around.weights)
    centred = around.differences - np.average(around.differences, axis=0, weights=around.weights)
    answers = around.said - np.average(around.said, weights=around.weights)
    _, _, path = lars_path(centred * root[:, None], answers * root, method="lasso", max_iter=2 * most)
    sizes = (path != 0).sum(axis=0)
    named = np.flatnonzero(path[:, np.flatnonzero(sizes <= most)[-1]])
    coefficients = np.zeros(path.shape[0])
    if not len(named):
        return Surrogate(coefficients, float(np.average(around.said, weights=around.weights)))
    fitted = LinearRegression().fit(around.differences[:, named], around.said, sample_weight=around.weights)
    coefficients[named] = fitted.coef_
    return Surrogate(coefficients, float(fitted.intercept_))


def agreement(first: Surrogate, second: Surrogate) -> float:
    """Share of the coefficients, by their size, that lies on columns which both name; 1 where neither names any."""
    sizes = np.abs(first.coefficients) + np.abs(second.coefficients)
    both = (first.coefficients != 0) & (second.coefficients != 0)
    return float(sizes[both].sum() / sizes.sum()) if sizes.sum() > 0 else 1.0


def same_columns(first: Surrogate, second: Surrogate) -> float:
    """Share of the named columns that both name, whatever their coefficients; 1 where neither names any."""
    one, other = first.coefficients != 0, second.coefficients != 0
    return float((one & other).sum() / (one | other).sum()) if (one | other).any() else 1.0


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


def mean_with_interval(values: list[float], source: np.random.Generator) -> dict[str, float]:
    """Mean over rows with the percentile interval of 95 %. Efron (1979)."""
    found = np.asarray(values)
    draws = found[source.integers(len(found), size=(_DRAWS, len(found)))].mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return {
        "value": round(float(found.mean()), 6),
        "low": round(float(low), 6),
        "high": round(float(high), 6),
        "count": len(found),
    }


def _reaches(mean: dict[str, float], limit: float) -> bool | None:
    if mean["low"] >= limit:
        return True
    return False if mean["high"] < limit else None


def _told(mean: dict[str, float]) -> str:
    return f"{mean['value']:.2f} [{mean['low']:.2f}, {mean['high']:.2f}]"


def _verdict(verdicts: dict[str, bool | None], rows: int, fewest: int) -> tuple[bool | None, str]:
    if rows < fewest:
        return None, f"{rows} rows were explained, {fewest} are needed"
    missed = [what for what, verdict in verdicts.items() if verdict is False]
    unclear = [what for what, verdict in verdicts.items() if verdict is None]
    if missed:
        return False, f"over {rows} rows {' and '.join(missed)} {'miss' if missed[1:] else 'misses'} the limit"
    if unclear:
        return None, f"over {rows} rows {' and '.join(unclear)} may lie on either side of the limit"
    return True, f"over {rows} rows {' and '.join(verdicts)} keep their limits"


def _draw_overall(overall: pd.DataFrame, fidelities: list[float], quantity: str, path: Path, most: int = 15) -> None:
    """Which columns are named, and how faithful the explanations of single rows are."""
    shown = overall.iloc[:most][::-1]
    figure = Figure(figsize=(10, 1.6 + 0.34 * max(len(shown), 5)), layout="constrained", dpi=130)
    bars, spread = figure.subplots(1, 2, width_ratios=[3, 2])
    bars.barh(range(len(shown)), shown["mean"], color=_UP, height=0.66)
    bars.set_yticks(range(len(shown)), [_short(column) for column in shown.index])
    for place, (mean, named) in enumerate(shown.itertuples(index=False)):
        bars.text(mean, place, f" {mean:.3f}, {named:.0%} of rows", va="center", fontsize=9, color=_INK)
    bars.set_xlim(0, max(float(shown["mean"].max()), 1e-9) * 1.5)
    left_out = f"; the {most} strongest of {len(overall)} columns" if len(overall) > most else ""
    bars.set_xlabel(f"mean absolute coefficient, and share of rows that name it{left_out}", color=_INK)
    spread.hist(fidelities, bins=20, range=(min(0.0, min(fidelities)), 1.0), color=_UP)
    spread.set_xlabel("fidelity: weighted R² around a row", color=_INK)
    spread.set_ylabel("rows", color=_INK)
    for axes in (bars, spread):
        axes.tick_params(length=0, colors=_INK, labelsize=9)
        axes.spines[["top", "right", "left"]].set_visible(False)
    bars.grid(axis="x", color="#e6e6e6", linewidth=0.8)
    bars.set_axisbelow(True)
    title = f"What changes the {quantity} around single rows, and how much of it this tells"
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})


def _draw_example(row: pd.DataFrame, named: pd.Series, title: str, path: Path) -> None:
    names = [f"{_short(column)} = {_short(_worded(row[column].iloc[0]))}" for column in named.index]
    figure = Figure(figsize=(8, 1.6 + 0.34 * max(len(named), 1)), layout="constrained", dpi=130)
    axes = figure.subplots()
    axes.barh(range(len(named)), named, color=[_UP if value >= 0 else _DOWN for value in named], height=0.66)
    axes.set_yticks(range(len(named)), names)
    axes.axvline(0, color=_INK, linewidth=0.8)
    reach = max(float(named.abs().max()), 1e-9) if len(named) else 1.0
    for place, value in enumerate(named):
        align = "left" if value >= 0 else "right"
        axes.text(value, place, f" {value:+.3f} ", va="center", ha=align, fontsize=9, color=_INK)
    axes.set_xlim(min(0.0, *named, 0.0) - 0.18 * reach, max(0.0, *named, 0.0) + 0.18 * reach)
    axes.tick_params(length=0, colors=_INK, labelsize=9)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_xlabel("what changes it: a number one standard deviation higher, or another value", color=_INK)
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})


def _worded(value: Any) -> str:
    if pd.isna(value):
        return "no value"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(name: Any, most: int = 32) -> str:
    """Text for a picture: one line, no mathematics."""
    text = " ".join(str(name).split()).replace("$", "\\$")
    return text if len(text) <= most else f"{text[: most - 1]}…"
