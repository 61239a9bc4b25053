"""How much each column moves the score of an ensemble of trees: its exact SHAP values, read off the trees.

Source: Lundberg and others (2020), From local explanations to global understanding with explainable AI for trees,
interventional tree SHAP: a row and a background row walk down each tree together. Where they part, the walk splits, and
each leaf that a mixture of the two reaches gives its share to the columns that its path depends on. Here the columns of
the table are the players: the levels of one column walk together, so that no mixture has two of them, and splits on
sets of levels are followed too; ``shap.TreeExplainer`` (0.51) does neither. What is explained is the probability that
the trees of a forest average, the log odds that boosted trees add up, or the predicted number; of several classes,
boosted trees give the mean score of the favourable ones less that of the others. Pictures and evidence hold averages
and a made-up row, never a row of the data.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial
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

#: Pairs of rows times columns that walk down a tree at once, for the sake of memory.
_AT_ONCE = 500_000


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    favourable: Sequence[int],
    figures: Path,
    seed: int,
    rows: int = 100,
    background: int = 100,
) -> dict[str, Any]:
    """Explain test rows, draw what moves the score overall and for a typical low one, and test the explanation.

    Parameters
    ----------
    model : estimator
        Trained; a pipeline that ends with an ensemble of trees, alone or inside wrappers that only change its training.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that stand for the values a column might have had, and rows to explain; texts and gaps are welcome.
    outcome : callable
        The probability of a favourable outcome, or the predicted number.
    favourable : sequence of int
        Codes that people hope for.
    figures : Path
        Folder; made if it is not there. Gets ``tree_shap_overall.png`` and ``tree_shap_example.png``.
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
    lowest = explained.iloc[np.argsort(said.to_numpy(), kind="stable")[: max(len(said) // 3, FEWEST_LOWEST)]]
    example = typical(lowest)
    measured: dict[str, Any] = {"rows": len(explained), "background_rows": len(against)}
    try:
        both = pd.concat([explained, example], ignore_index=True)
        halves = [against.iloc[half::2] for half in range(min(2, len(against)))]
        found = [shap_values(model, outcome, favourable, half, both) for half in halves]
    except ValueError as refusal:
        return {"measured": measured, "holds": None, "because": str(refusal)}
    sizes, quantity = [len(half) for half in halves], found[0].quantity
    parts, scores = [half.values[:-1] for half in found], found[0].scores[:-1]
    base = float(np.average([half.base for half in found], weights=sizes))
    *values_of_rows, example_values = np.average([half.values for half in found], axis=0, weights=sizes)
    values = np.array(values_of_rows)

    importance = pd.Series(np.abs(values).mean(axis=0), index=X_test.columns).sort_values(ascending=False)
    errors = np.abs(base + values.sum(axis=1) - scores) / np.maximum(1.0, np.abs(scores))
    error = float(errors.max())
    measured |= {
        "explained": quantity,
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
    _draw_overall(importance, quantity, len(explained), figures / "tree_shap_overall.png")
    title = f"Why a row typical of low ones, made up, has the score {base + example_values.sum():.3f}"
    title += f"\n({quantity}; {base:.3f} on average)"
    _draw_example(example, example_values, title, figures / "tree_shap_example.png")
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


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each column of the table adds to the score of each row.

    Attributes
    ----------
    values : array of shape (n_rows, n_columns)
        With the base they add up to the score of the row.
    base : float
        Mean score of the background.
    scores : array of shape (n_rows,)
        Worked out by the model itself, without these values.
    quantity : str
        What the scores are.
    """

    values: np.ndarray
    base: float
    scores: np.ndarray
    quantity: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A trained tree, node by node; the first one is the root.

    Attributes
    ----------
    left, right : array of int, of shape (n_nodes,)
        Where a node leads to; -1 at a leaf.
    column : array of int, of shape (n_nodes,)
        Prepared column that a node asks.
    limit : array of shape (n_nodes,)
        Values up to it go left.
    gap_left : array of bool, of shape (n_nodes,)
        Whether a gap goes left.
    levels : array of int, of shape (n_nodes,)
        Row of ``level_left`` for a node that asks for levels; -1 for one that compares numbers.
    level_left : array of bool, of shape (n_sets, n_levels)
        Whether a level goes left.
    value : array of shape (n_nodes,)
        What a leaf adds to the score.
    """

    left: np.ndarray
    right: np.ndarray
    column: np.ndarray
    limit: np.ndarray
    gap_left: np.ndarray
    levels: np.ndarray
    level_left: np.ndarray
    value: np.ndarray

    def goes_left(self, nodes: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Where each value goes at each node."""
        is_gap, is_level = np.isnan(values), self.levels[nodes] >= 0
        found = np.where(is_gap, self.gap_left[nodes], values <= self.limit[nodes])
        asked = is_level & ~is_gap
        found[asked] = self.level_left[self.levels[nodes[asked]], values[asked].astype(int)]
        return found


def shap_values(
    model: Any, outcome: Outcome, favourable: Sequence[int], background: pd.DataFrame, rows: pd.DataFrame
) -> Explanation:
    """SHAP values of each row, one for each column of the table.

    Parameters
    ----------
    model : estimator
        Trained.
    outcome : callable
        The probability of a favourable outcome, or the predicted number.
    favourable : sequence of int
        Codes that people hope for.
    background, rows : DataFrame of shape (n_rows, n_columns)
        A column that is taken away from a row gets its values in the background instead.

    Returns
    -------
    Explanation

    Raises
    ------
    ValueError
        If there is no ensemble of trees in it, or a prepared column comes from several columns of the table.
    """
    pipeline = tree_pipeline(model)
    together = pd.concat([background, rows], ignore_index=True)
    reached = rows_reaching(pipeline, model, together)
    table = _prepared(pipeline, reached)
    # A prepared column that is the same all over parts nobody, so it does not matter whose it is.
    origins = np.array([origin or 0 for origin in origins_of(pipeline, reached)])
    said = outcome(pipeline, reached)
    scores, quantity = said.to_numpy(dtype=float), str(said.name)
    if hasattr(pipeline, "decision_function"):
        found = np.asarray(pipeline.decision_function(reached), dtype=float).reshape(len(reached), -1)
        scores = found @ _shares(pipeline[-1], favourable, found.shape[1])
        kind = "log odds" if found.shape[1] == 1 else "lead of the favourable scores"
        quantity = f"{kind} behind the {quantity}"
    values = np.zeros((len(rows), rows.shape[1]))
    block = max(1, _AT_ONCE // (len(background) * rows.shape[1]))
    for tree in trees_of(pipeline[-1], favourable):
        for first in range(0, len(rows), block):
            part = table[len(background) :][first : first + block]
            values[first : first + block] += _walk(tree, part, table[: len(background)], origins, rows.shape[1])
    base = float(scores[: len(background)].mean())
    return Explanation(values, base, scores[len(background) :], quantity)


def _walk(tree: Tree, rows: np.ndarray, background: np.ndarray, origins: np.ndarray, columns: int) -> np.ndarray:
    """What one tree gives to each column of the table, for each row, on average over the background.

    Notes
    -----
    A leaf of value v that a mixture reaches only with the p columns of one row and the q columns of the other gives
    v (p-1)! q! / (p+q)! to each of the former and takes v p! (q-1)! / (p+q)! from each of the latter.
    """
    gives, takes = _weights(columns)
    values = np.zeros((len(rows), columns))
    row, other = (part.ravel() for part in np.indices((len(rows), len(background))))
    node = np.zeros(len(row), dtype=int)
    # By pair of rows and column: whether the path so far needs the value of the one, or that of the other.
    needed = np.zeros((len(row), columns), dtype=bool)
    refused = np.zeros((len(row), columns), dtype=bool)
    while len(node):
        at_leaf = tree.left[node] < 0
        if at_leaf.any():
            own, others = needed[at_leaf], refused[at_leaf]
            counts = own.sum(axis=1), others.sum(axis=1)
            leaf = tree.value[node[at_leaf]]
            shares = own * (leaf * gives[counts])[:, None] - others * (leaf * takes[counts])[:, None]
            np.add.at(values, row[at_leaf], shares)
            node, row, other = node[~at_leaf], row[~at_leaf], other[~at_leaf]
            needed, refused = needed[~at_leaf], refused[~at_leaf]
        asked = tree.column[node]
        own_left = tree.goes_left(node, rows[row, asked])
        other_left = tree.goes_left(node, background[other, asked])
        origin, parted = origins[asked], own_left != other_left
        place = np.arange(len(node))
        follows_own = ~parted | ~refused[place, origin]
        follows_other = parted & ~needed[place, origin]
        own_node = np.where(own_left, tree.left[node], tree.right[node])[follows_own]
        other_node = np.where(other_left, tree.left[node], tree.right[node])[follows_other]
        own_needed, other_refused = needed[follows_own], refused[follows_other]
        own_needed[np.arange(len(own_node)), origin[follows_own]] |= parted[follows_own]
        other_refused[np.arange(len(other_node)), origin[follows_other]] = True
        needed = np.concatenate([own_needed, needed[follows_other]])
        refused = np.concatenate([refused[follows_own], other_refused])
        node = np.concatenate([own_node, other_node])
        row = np.concatenate([row[follows_own], row[follows_other]])
        other = np.concatenate([other[follows_own], other[follows_other]])
    return values / len(background)


@cache
def _weights(columns: int) -> tuple[np.ndarray, np.ndarray]:
    """What a leaf gives to each column that it needs and takes from each that it refuses, by how many of both."""
    gives, takes = np.zeros((2, columns + 1, columns + 1))
    for needed in range(columns + 1):
        for refused in range(columns + 1 - needed):
            if needed:
                gives[needed, refused] = factorial(needed - 1) * factorial(refused) / factorial(needed + refused)
            if refused:
                takes[needed, refused] = factorial(needed) * factorial(refused - 1) / factorial(needed + refused)
    return gives, takes


def trees_of(estimator: Any, favourable: Sequence[int]) -> Iterator[Tree]:
    """The trees of a random forest or of boosting with histograms, with what each leaf adds to the score."""
    yield from (_forest if hasattr(estimator, "estimators_") else _boosted)(estimator, favourable)


def _forest(estimator: Any, favourable: Sequence[int]) -> Iterator[Tree]:
    wanted = np.isin(estimator.classes_, favourable)
    for member in estimator.estimators_:
        tree = member.tree_
        yield Tree(
            left=tree.children_left,
            right=tree.children_right,
            column=tree.feature,
            limit=tree.threshold,
            gap_left=tree.missing_go_to_left.astype(bool),
            levels=np.full(tree.node_count, -1),
            level_left=np.zeros((1, 1), dtype=bool),
            value=tree.value[:, 0, wanted].sum(axis=1) / len(estimator.estimators_),
        )


def _boosted(estimator: Any, favourable: Sequence[int]) -> Iterator[Tree]:
    known, place_of = estimator._bin_mapper.make_known_categories_bitsets()
    for predictors in estimator._predictors:
        for predictor, share in zip(predictors, _shares(estimator, favourable, len(predictors)), strict=True):
            nodes = predictor.nodes
            is_leaf, asks_levels = nodes["is_leaf"].astype(bool), nodes["is_categorical"].astype(bool)
            asking = np.flatnonzero(asks_levels & ~is_leaf)
            gap_left = nodes["missing_go_to_left"].astype(bool)
            levels = np.full(len(nodes), -1)
            levels[asking] = np.arange(len(asking))
            left_bits = _bits(predictor.raw_left_cat_bitsets[nodes["bitset_idx"][asking]])
            known_bits = _bits(known[place_of[nodes["feature_idx"][asking]]])
            yield Tree(
                left=np.where(is_leaf, -1, nodes["left"].astype(int)),
                right=np.where(is_leaf, -1, nodes["right"].astype(int)),
                column=nodes["feature_idx"].astype(int),
                limit=nodes["num_threshold"],
                gap_left=gap_left,
                levels=levels,
                # A level that no training row had goes where gaps go.
                level_left=np.where(known_bits, left_bits, gap_left[asking][:, None]),
                value=nodes["value"] * share,
            )


def _bits(words: np.ndarray) -> np.ndarray:
    """Sets of levels, of shape (n_sets, 256), out of eight words of 32 bits each."""
    found = words[:, :, None] >> np.arange(32, dtype=np.uint32) & 1
    return found.reshape(len(words), 256).astype(bool)


def tree_pipeline(model: Any) -> Pipeline:
    """The trained pipeline inside a model that ends with an ensemble of trees.

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
    if not hasattr(inner[-1], "estimators_") and not hasattr(inner[-1], "_predictors"):
        raise ValueError(f"{type(inner[-1]).__name__} is no ensemble of trees, or is not trained")
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
        after = _prepared(pipeline, moved)
        differs = (after != prepared) & ~(np.isnan(after) & np.isnan(prepared))
        for changed in np.flatnonzero(differs.any(axis=0)):
            if found[changed] is not None:
                raise ValueError(f"a prepared column comes from {rows.columns[found[changed]]} and {column} together")
            found[changed] = place
    return found


def _prepared(pipeline: Pipeline, rows: pd.DataFrame) -> np.ndarray:
    """The rows as the trees compare them."""
    table, estimator = pipeline[:-1].transform(rows), pipeline[-1]
    if hasattr(estimator, "_preprocess_X"):
        return np.asarray(estimator._preprocess_X(table, reset=False), dtype=float)
    return np.asarray(table, dtype=np.float32).astype(float)


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
