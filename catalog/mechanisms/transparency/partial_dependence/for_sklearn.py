"""What a model says as one column changes and all others stay: for single rows (ICE) and on average (PDP).

Friedman (2001), Greedy function approximation, The Annals of Statistics 29(5), section 8.2: the partial dependence at a
value is the mean over rows of what the model says when the column has that value in all of them. Goldstein, Kapelner,
Bleich and Pitkin (2015), Peeking inside the black box, JCGS 24(1): single curves show what their average hides. Rows
are made that nobody may be like, the more so where columns go together.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

Outcome = Callable[[Any, pd.DataFrame], pd.Series]

_INK, _LINE, _SINGLE = "#333333", "#0b6e99", "#0b6e9933"
_SHOWN, _LEVELS = 12, 12


def explain(
    model: Any,
    X_test: pd.DataFrame,
    outcome: Outcome,
    figures: Path,
    seed: int,
    rows: int = 100,
    points: int = 15,
) -> dict[str, Any]:
    """Curves of every column of the test rows; and a picture of those that move the model most.

    Parameters
    ----------
    model : estimator
        Trained.
    X_test : DataFrame of shape (n_rows, n_columns)
    outcome : callable
        Gives one number for each row; its name says what the numbers are.
    figures : Path
        Folder of the picture ``partial_dependence.png``; made where it does not exist.
    seed : int
        Of the choice of rows.
    rows : int
        Rows that get a curve.
    points : int
        Values tried of a column of numbers: its quantiles.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where the model refuses the rows made, else True: the curves tell, nothing judges.
    """
    sample = X_test.sample(min(rows, len(X_test)), random_state=seed)
    curves: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    try:
        quantity = str(outcome(model, sample).name)
        for column in sample.columns:
            grid = values_tried(X_test[column], points)
            if len(grid) >= 2:
                curves[str(column)] = grid, single_curves(model, outcome, sample, column, grid)
    except ValueError as refusal:
        because = f"the model refuses rows mixed from two people ({' '.join(str(refusal).split())})"
        return {"measured": {"rows": len(sample)}, "holds": None, "because": because}
    reach = {name: float(np.ptp(lines.mean(axis=0))) for name, (_, lines) in curves.items()}
    order = sorted(curves, key=lambda name: -reach[name])
    figures.mkdir(parents=True, exist_ok=True)
    _draw({name: curves[name] for name in order[:_SHOWN]}, quantity, figures / "partial_dependence.png")
    return {
        "measured": {
            "quantity": quantity,
            "rows": len(sample),
            "columns": {
                name: {
                    "values": [_plain(value) for value in curves[name][0]],
                    "mean": [round(float(value), 6) for value in curves[name][1].mean(axis=0)],
                    "reach": round(reach[name], 6),
                    "rows_against_the_average": round(_against(curves[name][1]), 6),
                }
                for name in order
            },
        },
        "holds": True,
        "because": (
            f"from one end of {order[0]} to the other the {quantity} changes by {reach[order[0]]:.3g} on average, "
            f"over {len(sample)} rows; {_against(curves[order[0]][1]):.0%} of them go the other way"
            if order
            else "no column has two values"
        ),
    }


def values_tried(column: pd.Series, points: int) -> np.ndarray:
    """The quantiles of a column of numbers, from the 5th to the 95th hundredth; else its most frequent levels.

    Parameters
    ----------
    column : Series of shape (n_rows,)
    points : int
        At most so many quantiles.

    Returns
    -------
    array of shape (n_values,)
        Distinct, in order.
    """
    known = column.dropna()
    if pd.api.types.is_numeric_dtype(known) and not pd.api.types.is_bool_dtype(known):
        return np.unique(np.quantile(known.to_numpy(dtype=float), np.linspace(0.05, 0.95, points)))
    return known.value_counts().index[:_LEVELS].sort_values().to_numpy(dtype=object)


def single_curves(model: Any, outcome: Outcome, sample: pd.DataFrame, column: str, grid: np.ndarray) -> np.ndarray:
    """What the model says of each row with each value of the column.

    Returns
    -------
    array of shape (n_rows, n_values)
    """
    repeated = sample.loc[sample.index.repeat(len(grid))].reset_index(drop=True)
    values = pd.Series(np.tile(grid, len(sample)), index=repeated.index)
    numeric = pd.api.types.is_numeric_dtype(sample[column]) and not pd.api.types.is_bool_dtype(sample[column])
    # A column of whole numbers may meet a quantile between two of them.
    repeated[column] = values.astype(float) if numeric else values.astype(sample[column].dtype)
    return outcome(model, repeated).to_numpy(dtype=float).reshape(len(sample), len(grid))


def _against(lines: np.ndarray) -> float:
    """Share of rows whose curve ends on the other side of where it began than the average does."""
    average = np.sign(lines.mean(axis=0)[-1] - lines.mean(axis=0)[0])
    return float(np.mean(np.sign(lines[:, -1] - lines[:, 0]) == -average)) if average else 0.0


def _plain(value: Any) -> float | str:
    return round(float(value), 6) if isinstance(value, float | np.floating | int | np.integer) else str(value)


def _draw(curves: dict[str, tuple[np.ndarray, np.ndarray]], quantity: str, path: Path) -> None:
    wide = min(3, max(1, len(curves)))
    high = max(1, -(-len(curves) // wide))
    figure = Figure(figsize=(3.4 * wide, 0.8 + 2.4 * high), layout="constrained")
    axes = np.atleast_1d(figure.subplots(high, wide, sharey=True, squeeze=False)).ravel()
    for place in axes[len(curves) :]:
        place.set_visible(False)
    for place, (name, (grid, lines)) in zip(axes, curves.items(), strict=False):
        numeric = all(isinstance(value, float) for value in grid)
        at = grid.astype(float) if numeric else np.arange(len(grid))
        place.plot(at, lines.T, color=_SINGLE, linewidth=0.6)
        place.plot(at, lines.mean(axis=0), color=_LINE, linewidth=2.2, marker=None if numeric else "o")
        if not numeric:
            place.set_xticks(at, [_short(value) for value in grid], rotation=30, ha="right", fontsize=8)
        place.set_xlabel(_short(name), color=_INK)
        place.spines[["top", "right"]].set_visible(False)
    figure.suptitle(
        f"The {quantity} as one column changes: single rows, and their average",
        x=0.01,
        ha="left",
        color=_INK,
        fontsize=12,
    )
    figure.savefig(path, metadata={"Software": None})


def _short(text: object, longest: int = 24) -> str:
    """A dollar sign would begin a formula."""
    plain = str(text).replace("$", r"\$")
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
