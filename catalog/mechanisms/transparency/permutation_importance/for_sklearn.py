"""Which columns a model relies on: what it says changes when the values of a column are dealt to other rows.

Fisher, Rudin and Dominici (2019), All models are wrong, but many are useful, JMLR 20(177), section 3: model reliance.
The change of what the model says is measured, not of its loss, so that rows without a label do as well and a column
that is used for nothing good still shows. Columns that say the same share their importance: shuffling one leaves the
other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.inspection import permutation_importance

Outcome = Callable[[Any, pd.DataFrame], pd.Series]

_INK, _BAR = "#333333", "#0b6e99"
_SHOWN = 20


def explain(
    model: Any,
    X_test: pd.DataFrame,
    outcome: Outcome,
    figures: Path,
    seed: int,
    repeats: int = 10,
) -> dict[str, Any]:
    """Mean absolute change of what the model says, for each shuffled column; and a picture of it.

    Parameters
    ----------
    model : estimator
        Trained.
    X_test : DataFrame of shape (n_rows, n_columns)
    outcome : callable
        Gives one number for each row; its name says what the numbers are.
    figures : Path
        Folder of the picture ``permutation_importance.png``; made where it does not exist.
    seed : int
        Of the shuffles.
    repeats : int
        Shuffles of each column.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where the model refuses shuffled rows, else whether some column matters at all,
        so its figure is above the limit of 0.
    """
    said = outcome(model, X_test)
    quantity = str(said.name)
    try:
        found = permutation_importance(
            model, X_test, said, scoring=_minus_change(outcome), n_repeats=repeats, random_state=seed
        )
    except ValueError as refusal:
        because = f"the model refuses rows mixed from two people ({' '.join(str(refusal).split())})"
        return {"measured": {"rows": len(X_test), "repeats": repeats}, "holds": None, "because": because}
    table = pd.DataFrame({"mean": found.importances_mean, "spread": found.importances_std}, index=X_test.columns)
    table = table.sort_values("mean", ascending=False, kind="stable")
    figures.mkdir(parents=True, exist_ok=True)
    _draw(table, quantity, len(X_test), repeats, figures / "permutation_importance.png")
    strongest = float(table["mean"].iloc[0])
    relies = strongest > 0
    return {
        "measured": {
            "quantity": quantity,
            "rows": len(X_test),
            "repeats": repeats,
            "mean_absolute_change": {
                str(column): {"value": round(float(row["mean"]), 6), "spread": round(float(row["spread"]), 6)}
                for column, row in table.iterrows()
            },
        },
        "threshold": {"mean_absolute_change": 0},
        "holds": relies,
        "because": (
            f"{table.index[0]} matters most: shuffled, it changes the {quantity} by {strongest:.3g} on average"
            if relies
            else f"no column changes the {quantity}: the model says the same of every row"
        ),
    }


def _minus_change(outcome: Outcome) -> Callable[[Any, pd.DataFrame, pd.Series], float]:
    """A score that falls by as much as what the model says changes."""

    def score(model: Any, X: pd.DataFrame, said: pd.Series) -> float:
        return -float(np.abs(outcome(model, X).to_numpy(dtype=float) - said.to_numpy(dtype=float)).mean())

    return score


def _draw(table: pd.DataFrame, quantity: str, rows: int, repeats: int, path: Path) -> None:
    shown = table.iloc[:_SHOWN][::-1]
    figure = Figure(figsize=(8, 1.6 + 0.3 * len(shown)), layout="constrained")
    axes = figure.subplots()
    # A dollar sign would begin a formula.
    names = [str(column).replace("$", r"\$")[:40] for column in shown.index]
    axes.barh(range(len(shown)), shown["mean"], xerr=shown["spread"], color=_BAR, ecolor=_INK, height=0.7)
    axes.set_yticks(range(len(shown)), names)
    axes.set_xlim(left=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel(f"mean change when the column is shuffled, {repeats} times over {rows} test rows", color=_INK)
    figure.suptitle(f"On which columns the {quantity} relies", x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})
