"""A few readable rules that stand for a model: a shallow tree learnt from what the model says, and how faithful it is.

Craven and Shavlik (1996), Extracting tree-structured representations of trained networks: a tree is fitted to the
answers of the model, not to the labels, and its fidelity is measured on rows that it has not seen. Each rule speaks of
at least ``fewest_rows`` training rows, so that none describes a single person; limits are midpoints between two rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeRegressor

#: Gives a number for each row of a table; the name of the series says what the numbers are.
Outcome = Callable[[Any, pd.DataFrame], pd.Series]

_DRAWS = 1000
#: Fewer test rows than this say nothing certain of the fidelity.
_FEWEST_TEST_ROWS = 30


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    seed: int,
    depth: int = 4,
    fewest_rows: int = 20,
    smallest_fidelity: float = 0.7,
) -> dict[str, Any]:
    """Read rules off a shallow tree, and measure how much of what the model says they give back.

    Parameters
    ----------
    model : estimator
        Trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that the tree learns from, and rows that it is compared on.
    outcome : callable
        What the rules give back: the probability of a favourable outcome, or the predicted number.
    seed : int
        Of ties between splits, and of the bootstrap draws.
    depth : int
        Most conditions of a rule.
    fewest_rows : int
        Fewest training rows behind a rule.
    smallest_fidelity : float
        Smallest R² on the test rows with which the rules may stand for the model.

    Returns
    -------
    dict
        Evidence. The fidelity has its bootstrap interval of 95 %; a limit inside it leaves the question open.
    """
    columns = Columns(X_train, fewest_rows)
    said = outcome(model, X_train)
    tree = DecisionTreeRegressor(max_depth=depth, min_samples_leaf=fewest_rows, random_state=seed)
    tree.fit(columns.numbers(X_train), said.to_numpy(dtype=float))
    truth = outcome(model, X_test).to_numpy(dtype=float)
    given = tree.predict(columns.numbers(X_test))
    rules = list(_rules(tree, columns))
    quantity = str(said.name)
    measured: dict[str, Any] = {
        "quantity": quantity,
        "rows": len(X_test),
        "rules": rules,
        "fidelity": None,
        "mean_absolute_error": round(float(np.abs(truth - given).mean()), 6),
    }
    threshold = {"smallest_fidelity": smallest_fidelity}
    if len(X_test) < _FEWEST_TEST_ROWS:
        because = f"there are {len(X_test)} test rows, {_FEWEST_TEST_ROWS} are needed"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    if np.ptp(truth) == 0:
        because = f"the {quantity} is the same for every test row"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    fidelity = fidelity_with_interval(truth, given, seed)
    measured["fidelity"] = fidelity
    told = f"{len(rules)} rules give back {fidelity['value']:.0%} of the variance of the {quantity}"
    interval = f"[{fidelity['low']:.0%}, {fidelity['high']:.0%}]"
    if fidelity["low"] >= smallest_fidelity:
        holds, because = True, f"{told} {interval}, so they may stand for the model"
    elif fidelity["high"] < smallest_fidelity:
        holds, because = False, f"{told} {interval}, too little to stand for the model"
    else:
        holds, because = None, f"{told} {interval}, and {smallest_fidelity:.0%} is asked for"
    return {"measured": measured, "threshold": threshold, "holds": holds, "because": because}


def fidelity_with_interval(truth: np.ndarray, given: np.ndarray, seed: int) -> dict[str, float]:
    """R² of what the rules say against what the model says, with its percentile interval of 95 %. Efron (1979)."""
    source = np.random.default_rng(seed)
    drawn = [_told(truth[rows], given[rows]) for rows in source.integers(len(truth), size=(_DRAWS, len(truth)))]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return {
        "value": round(_told(truth, given), 6),
        "low": round(float(low), 6),
        "high": round(float(high), 6),
    }


def _told(truth: np.ndarray, given: np.ndarray) -> float:
    """R², the part of the spread that is explained; NaN where all values are the same."""
    spread = ((truth - truth.mean()) ** 2).sum()
    return float(1 - ((truth - given) ** 2).sum() / spread) if spread > 0 else np.nan


class Columns:
    """The columns of a table as numbers that a tree can split, and what each of them says in words.

    Parameters
    ----------
    X_train : DataFrame of shape (n_rows, n_columns)
    fewest_rows : int
        Levels and gaps that are rarer get no rule of their own.
    """

    def __init__(self, X_train: pd.DataFrame, fewest_rows: int) -> None:
        self.medians: dict[str, float] = {}
        self.levels: list[tuple[str, str]] = []
        self.gaps: list[str] = []
        for column in X_train.columns:
            if X_train[column].isna().sum() >= fewest_rows:
                self.gaps.append(column)
            if pd.api.types.is_numeric_dtype(X_train[column]):
                self.medians[column] = float(X_train[column].median()) if X_train[column].notna().any() else 0.0
            else:
                counts = X_train[column].value_counts()
                self.levels += [(column, level) for level in sorted(counts[counts >= fewest_rows].index, key=str)]

    def numbers(self, X: pd.DataFrame) -> np.ndarray:
        """One column for each number, with its median for gaps; 0 and 1 for each level and for each kind of gap."""
        found = [X[column].fillna(median).to_numpy(dtype=float) for column, median in self.medians.items()]
        found += [(X[column] == level).to_numpy(dtype=float) for column, level in self.levels]
        found += [X[column].isna().to_numpy(dtype=float) for column in self.gaps]
        return np.column_stack(found) if found else np.zeros((len(X), 1))

    def condition(self, place: int, limit: float, above: bool) -> str:
        """What holds on one side of a split."""
        if place < len(self.medians):
            return f"{list(self.medians)[place]} {'>' if above else '<='} {limit:.6g}"
        place -= len(self.medians)
        if place < len(self.levels):
            column, level = self.levels[place]
            return f"{column} {'is' if above else 'is not'} {level}"
        return f"{self.gaps[place - len(self.levels)]} is {'missing' if above else 'given'}"


def _rules(tree: DecisionTreeRegressor, columns: Columns) -> Iterator[dict[str, Any]]:
    """Each leaf with the conditions that lead to it, highest answer first."""
    nodes = tree.tree_
    leaves: list[tuple[float, int, list[str]]] = []

    def walk(node: int, conditions: list[str]) -> None:
        left, right = int(nodes.children_left[node]), int(nodes.children_right[node])
        if left == right:
            leaves.append((float(nodes.value[node, 0, 0]), int(nodes.n_node_samples[node]), conditions))
            return
        place, limit = int(nodes.feature[node]), float(nodes.threshold[node])
        walk(left, [*conditions, columns.condition(place, limit, above=False)])
        walk(right, [*conditions, columns.condition(place, limit, above=True)])

    walk(0, [])
    for answer, rows, conditions in sorted(leaves, key=lambda leaf: -leaf[0]):
        yield {"if": conditions, "mean": round(answer, 6), "training_rows": rows}
