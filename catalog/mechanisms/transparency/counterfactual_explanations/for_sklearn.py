"""What would have to change for another decision: the nearest favourable training row lends as few values as possible.

Brughmans, Leyman and Martens (2021), NICE: an algorithm for nearest instance counterfactual explanations, in its sparse
form: the nearest training row of a favourable decision is found, its values are taken over one by one, the most helpful
first, until the decision changes. Added here: columns that nobody can change keep their value, a value never becomes
unknown, and a change that turns out unnecessary is taken back. Distance follows Wilson and Martinez (1997), Improved
heterogeneous distance functions, section 2.3: numbers by their range, everything else by equality, summed without
squares. Evidence holds counts of columns, never a value.
DiCE (dice-ml) was left out for the 866 MB that it brings with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

#: Gives a number for each row of a table, larger for a better chance of a favourable decision.
Outcome = Callable[[Any, pd.DataFrame], pd.Series]

#: Texts that hardly repeat are somebody's own words: they are neither compared nor lent.
OWN_WORDS = 0.5

_INK, _BAR = "#333333", "#0b6e99"
_SHOWN = 20


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    favourable: Sequence[int],
    protected: Sequence[str],
    figures: Path,
    seed: int,
    unchangeable: Sequence[str] = (),
    rows: int = 50,
    candidates: int = 1000,
    smallest_share: float = 0.9,
    fewest_rows: int = 10,
) -> dict[str, Any]:
    """Look for the changes that refused test rows would have needed, and draw which columns they are.

    Parameters
    ----------
    model : classifier
        Trained; ``predict`` gives codes.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows that lend values, and rows to explain.
    outcome : callable
        Orders changes that do not suffice alone.
    favourable : sequence of int
        Codes that people hope for.
    protected, unchangeable : sequence of str
        Columns that keep their value.
    figures : Path
        Folder of the picture ``counterfactual_explanations.png``; made where it does not exist.
    seed : int
        Of the draw of rows.
    rows : int
        Refused test rows that are explained.
    candidates : int
        Nearest favourable training rows tried for each.
    smallest_share : float
        Smallest share of these rows for which changes must be found.
    fewest_rows : int
        With fewer refused test rows nothing is judged.

    Returns
    -------
    dict
        Evidence. Each change that is counted was put to the model once more, all rows together, and decided favourably.
    """
    started = time.perf_counter()
    refused = X_test[~np.isin(model.predict(X_test), list(favourable))]
    drawn = refused.sample(min(rows, len(refused)), random_state=seed)
    fixed = [*protected, *unchangeable]
    search = Search(model, X_train, outcome, favourable, fixed, candidates)
    found = [search.nearest(drawn.iloc[[row]]) for row in range(len(drawn))]
    changed = pd.concat([row for row in found if row is not None]) if any(row is not None for row in found) else None
    counts = dict.fromkeys(search.changeable, 0)
    valid, sizes, distances = 0, [], []
    if changed is not None:
        valid = int(np.isin(model.predict(changed), list(favourable)).sum())
        before = drawn.loc[[row is not None for row in found]]
        differs = pd.DataFrame({column: different(before[column], changed[column]) for column in search.changeable})
        counts |= {column: int(count) for column, count in differs.sum().items()}
        sizes = differs.sum(axis=1).tolist()
        distances = [float(search.distances(before.iloc[[row]], changed.iloc[[row]])[0]) for row in range(len(before))]
    share = valid / len(drawn) if len(drawn) else 0.0
    measured = {
        "refused_rows": len(refused),
        "explained_rows": len(drawn),
        "found": valid,
        "share_found": round(share, 6),
        "mean_columns_changed": round(float(np.mean(sizes)), 6) if sizes else None,
        "mean_distance": round(float(np.mean(distances)), 6) if distances else None,
        "columns_never_changed": sorted(set(X_train.columns) - set(search.changeable)),
        "times_changed": dict(sorted(counts.items(), key=lambda one: -one[1])),
        "seconds_per_row": round((time.perf_counter() - started) / max(len(drawn), 1), 4),
    }
    if changed is not None:
        figures.mkdir(parents=True, exist_ok=True)
        _draw(pd.Series(measured["times_changed"]), valid, figures / "counterfactual_explanations.png")
    threshold = {"smallest_share": smallest_share}
    if len(drawn) < fewest_rows:
        because = f"{len(drawn)} test rows are decided unfavourably, {fewest_rows} are needed"
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    because = f"{valid} of {len(drawn)} refused rows have a change that the model decides favourably"
    if sizes:
        because += f", of {np.mean(sizes):.1f} columns on average"
    return {"measured": measured, "threshold": threshold, "holds": share >= smallest_share, "because": because}


class Search:
    """Nearest changes among the values of training rows that the model decides favourably.

    Parameters
    ----------
    model : classifier
        Trained.
    X_train : DataFrame of shape (n_rows, n_columns)
    outcome : callable
        Orders changes that do not suffice alone.
    favourable : sequence of int
        Codes that people hope for.
    fixed : sequence of str
        Columns that keep their value.
    candidates : int
        Nearest rows tried.
    """

    def __init__(
        self,
        model: Any,
        X_train: pd.DataFrame,
        outcome: Outcome,
        favourable: Sequence[int],
        fixed: Sequence[str],
        candidates: int,
    ) -> None:
        self.model, self.outcome, self.favourable, self.candidates = model, outcome, list(favourable), candidates
        self.numeric = [name for name in X_train.columns if pd.api.types.is_numeric_dtype(X_train[name])]
        self.changeable = [
            name
            for name in X_train.columns
            if name not in fixed
            and (name in self.numeric or X_train[name].nunique() <= max(2, OWN_WORDS * len(X_train)))
        ]
        self.lenders = X_train[np.isin(model.predict(X_train), self.favourable)].reset_index(drop=True)
        spread = X_train[self.numeric].max() - X_train[self.numeric].min()
        self.ranges = spread.where(spread > 0, 1.0)

    def nearest(self, row: pd.DataFrame) -> pd.DataFrame | None:
        """The row with the fewest, most helpful changes that make its decision favourable; None where none is found.

        Parameters
        ----------
        row : DataFrame of shape (1, n_columns)

        Returns
        -------
        DataFrame of shape (1, n_columns) or None
            With the index of ``row``. Taking back any one of its changes makes the decision unfavourable again.
        """
        closest = np.argsort(self.distances(row, self.lenders), kind="stable")[: self.candidates]
        if not len(closest):
            return None
        complete = pd.concat([row] * len(closest), ignore_index=True)
        for column in self.changeable:
            lent = self.lenders[column].iloc[closest].reset_index(drop=True)
            complete[column] = lent.where(lent.notna(), complete[column])
        suffices = self._favourable(complete)
        if not suffices.any():
            return None
        goal = complete.iloc[[int(suffices.argmax())]].set_axis(row.index)
        return self._necessary(row, self._towards(row, goal), goal)

    def distances(self, row: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
        """From one row to each of the others, summed over the columns that can change: each gives 0 to about 1."""
        total = np.zeros(len(others))
        for column in self.changeable:
            value, values = row[column].iloc[0], others[column]
            if pd.isna(value):
                total += values.notna().to_numpy()
            elif column in self.numeric:
                total += ((values - value).abs() / self.ranges[column]).fillna(1.0).to_numpy(dtype=float)
            else:
                total += (values != value).to_numpy(dtype=float)
        return total

    def _favourable(self, rows: pd.DataFrame) -> np.ndarray:
        return np.isin(self.model.predict(rows), self.favourable)

    def _towards(self, row: pd.DataFrame, goal: pd.DataFrame) -> list[str]:
        """Columns to take over from the goal, one after the other, until the decision is favourable."""
        left = [column for column in self.changeable if different(row[column], goal[column])[0]]
        taken: list[str] = []
        while left:
            steps = pd.concat([_with(row, goal, [*taken, column]) for column in left], ignore_index=True)
            suffices = self._favourable(steps)
            worth = self.outcome(self.model, steps).to_numpy(dtype=float)
            best = int(np.lexsort((-worth, ~suffices))[0])
            taken.append(left.pop(best))
            if suffices[best]:
                break
        return taken

    def _necessary(self, row: pd.DataFrame, taken: list[str], goal: pd.DataFrame) -> pd.DataFrame:
        """Without the changes that later ones made unnecessary; earliest first."""
        for column in list(taken):
            fewer = [other for other in taken if other != column]
            if fewer and self._favourable(_with(row, goal, fewer))[0]:
                taken = fewer
        return _with(row, goal, taken)


def different(before: pd.Series, after: pd.Series) -> np.ndarray:
    """Where two columns differ; two gaps do not."""
    first, second = before.reset_index(drop=True), after.reset_index(drop=True)
    return ((first != second) & ~(first.isna() & second.isna())).to_numpy()


def _with(row: pd.DataFrame, goal: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    changed = row.copy()
    for column in columns:
        changed[column] = goal[column]
    return changed


def _draw(times: pd.Series, rows: int, path: Path) -> None:
    shown = times.iloc[:_SHOWN][::-1]
    figure = Figure(figsize=(8, 1.6 + 0.3 * len(shown)), layout="constrained")
    axes = figure.subplots()
    # A dollar sign would begin a formula.
    names = [str(column).replace("$", r"\$")[:40] for column in shown.index]
    axes.barh(range(len(shown)), shown.to_numpy(), color=_BAR, height=0.7)
    axes.set_yticks(range(len(shown)), names)
    for place, count in enumerate(shown):
        axes.text(count, place, f" {count}", va="center", fontsize=9, color=_INK)
    axes.set_xlim(0, max(1, int(shown.max())) * 1.1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel(f"times that the column is among the changes of {rows} refused test rows", color=_INK)
    figure.suptitle("What would have to change for a favourable decision", x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})
