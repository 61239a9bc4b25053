"""Which columns the model can do without, as Article 5(1)(c) of the GDPR asks: data limited to what is necessary.

A part of the training rows is held out. A column whose values can be dealt to other rows there without any loss of
quality worth the name (Fisher, Rudin and Dominici 2019, JMLR 20(177), section 3) is a candidate. Columns that say the
same may all be candidates although one of them is needed, so the proof is another: the model is trained without all of
them, and both are compared on test rows that played no part in the choice.

A column is left out by giving it one value everywhere, from which nothing can be learnt; so models of every kind run as
they are. Columns of protected attributes are no candidates: they serve to measure and repair unfairness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.model_selection import train_test_split

Quality = Callable[[pd.Series, np.ndarray], float]

#: Fewer held out rows, or rows of a class among them, leave the question open.
_LEAST_ROWS, _LEAST_OF_A_CLASS = 100, 20
#: More rows make the bootstrap slower, and the interval no narrower than anybody needs.
_MOST_ROWS = 5_000
_HELD_OUT = 0.3
_SHUFFLES, _DRAWS = 10, 200


def measure(
    model: Any,
    X_train: pd.DataFrame,
    y_train: pd.Series,
    X_test: pd.DataFrame,
    y_test: pd.Series,
    protected: Sequence[str],
    quality: Quality,
    seed: int,
    least_use: float = 0.005,
    largest_loss: float = 0.01,
) -> dict[str, Any]:
    """Find columns that are of no use, and what the model loses without them.

    Parameters
    ----------
    model : estimator
        The trained model; stays as it is, copies of it are trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
    y_train, y_test : Series of shape (n_rows,)
        Whole numbers are codes of classes, floats quantities.
    protected : sequence of str
        Columns that are never left out.
    quality : callable
        Gives one figure for labels and predictions, 1 for perfect ones: balanced accuracy of classes, R² of numbers.
    seed : int
        Of the held out rows, the shuffles and the bootstrap.
    least_use : float
        A column is a candidate where the whole interval of what it is worth lies below.
    largest_loss : float
        Loss of quality that leaving out all candidates may cost.

    Returns
    -------
    dict
        Evidence with 95 % bootstrap intervals; ``holds`` is True where every column is of use, False where the model
        does as well without some, None where neither is clear, where there are too few rows, or where the model as a
        whole makes no clear use of what it is given.
    """
    threshold = {"use": least_use, "quality_loss": largest_loss}
    kinds = y_train if _are_classes(y_train) else None
    short = next((lack for y in (y_train, y_test) if (lack := _lack(y, _HELD_OUT if y is y_train else 1.0))), "")
    if short:
        return {"measured": {"rows": len(X_test)}, "threshold": threshold, "holds": None, "because": short}
    source = np.random.default_rng(seed)
    X_fit, X_held, y_fit, y_held = train_test_split(
        X_train, y_train, test_size=_HELD_OUT, random_state=seed, stratify=kinds
    )
    X_held, y_held = _some(X_held, y_held, source)
    asked = [column for column in X_train.columns if column not in set(protected)]
    tried = clone(model, safe=False).fit(X_fit, y_fit)
    losses = _Losses(y_held, np.asarray(tried.predict(X_held)), quality, source)
    skill = losses.of([losses.before[source.permutation(len(X_held))] for _ in range(_SHUFFLES)])
    if skill["low"] < least_use:
        because = (
            f"predictions dealt to other rows are {skill['value']:.3f} [{skill['low']:.3f}, {skill['high']:.3f}] "
            f"worse, not clearly more than {least_use:g}: where the model as a whole uses "
            "little, single columns show nothing"
        )
        measured = {"rows": len(X_test), "held_out_rows": len(X_held), "use_of_all_columns": skill}
        return {"measured": measured, "threshold": threshold, "holds": None, "because": because}
    uses = _uses(tried, X_held, asked, losses, source)
    candidates = [column for column in asked if uses[column]["high"] < least_use]
    told: dict[str, Any] = {
        "rows": len(X_test),
        "held_out_rows": len(X_held),
        "use_of_all_columns": skill,
        "use": uses,
        "could_be_left_out": candidates,
    }
    if not candidates:
        because = f"each of {len(asked)} columns may be worth {least_use:g} of quality or more, so none is left out"
        return {"measured": told, "threshold": threshold, "holds": True, "because": because}
    smaller = clone(model, safe=False).fit(without(X_train, candidates, X_train), y_train)
    X, y = _some(X_test, y_test, source)
    whole, less = (np.asarray(m.predict(rows)) for m, rows in ((model, X), (smaller, without(X, candidates, X_train))))
    loss = _Losses(y, whole, quality, source).of([less])
    told |= {
        "quality": round(quality(y, whole), 6),
        "quality_without": round(quality(y, less), 6),
        "quality_loss": loss,
    }
    holds = False if loss["high"] <= largest_loss else None
    names = ", ".join(map(str, candidates))
    verdict = "not more than" if holds is False else "not clearly within"
    return {
        "measured": told,
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"trained without {names} ({len(candidates)} of {len(asked)} columns asked about), the model loses "
            f"{loss['value']:.3f} [{loss['low']:.3f}, {loss['high']:.3f}] of its quality on test rows, {verdict} "
            f"{largest_loss:g}"
        ),
    }


def without(X: pd.DataFrame, columns: Sequence[str], X_train: pd.DataFrame) -> pd.DataFrame:
    """Rows that say nothing in some columns: there each has the commonest text, or median, of the training rows."""
    values = {}
    for column in columns:
        known = X_train[column].dropna()
        if known.empty:
            continue
        is_number = pd.api.types.is_numeric_dtype(X_train[column])
        values[column] = float(known.median()) if is_number else known.mode().iloc[0]
    return X.assign(
        **{
            column: pd.Series([value] * len(X), index=X.index, dtype=X[column].dtype)
            for column, value in values.items()
        }
    )


def _uses(
    model: Any, X: pd.DataFrame, columns: Sequence[str], losses: _Losses, source: np.random.Generator
) -> dict[str, dict[str, float]]:
    """Loss of quality when a column is shuffled, by column, with its interval."""
    uses = {}
    for column in columns:
        shuffled = []
        for _ in range(_SHUFFLES):
            dealt = X[column].iloc[source.permutation(len(X))].set_axis(X.index)
            shuffled.append(np.asarray(model.predict(X.assign(**{column: dealt}))))
        uses[column] = losses.of(shuffled)
    return uses


class _Losses:
    """Losses of quality from one set of predictions to others of the same rows, with intervals.

    Rows are drawn with replacement, of each class as many as there are, and the same for both sets.
    """

    def __init__(self, y: pd.Series, before: np.ndarray, quality: Quality, source: np.random.Generator) -> None:
        self.y, self.before, self.quality = y, before, quality
        self.value = quality(y, before)
        labels = np.asarray(y)
        kinds = [np.arange(len(y))]
        if _are_classes(y):
            kinds = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        self.drawn = [np.concatenate([source.choice(kind, len(kind)) for kind in kinds]) for _ in range(_DRAWS)]
        self.values = [quality(y.iloc[rows], before[rows]) for rows in self.drawn]

    def of(self, after: Sequence[np.ndarray]) -> dict[str, float]:
        """Mean loss over several sets of predictions; each drawing of rows takes the next set."""
        losses = [self.value - self.quality(self.y, predictions) for predictions in after]
        drawn = [
            value - self.quality(self.y.iloc[rows], after[place % len(after)][rows])
            for place, (value, rows) in enumerate(zip(self.values, self.drawn, strict=True))
        ]
        low, high = np.quantile(drawn, [0.025, 0.975])
        return {"value": round(float(np.mean(losses)), 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _some(X: pd.DataFrame, y: pd.Series, source: np.random.Generator) -> tuple[pd.DataFrame, pd.Series]:
    """At most so many rows as the bootstrap can bear."""
    if len(X) <= _MOST_ROWS:
        return X, y
    rows = np.sort(source.choice(len(X), _MOST_ROWS, replace=False))
    return X.iloc[rows], y.iloc[rows]


def _are_classes(y: pd.Series) -> bool:
    return bool(np.issubdtype(np.asarray(y).dtype, np.integer))


def _lack(y: pd.Series, share: float) -> str:
    """Why a share of these rows says nothing; empty if it does."""
    if len(y) * share < _LEAST_ROWS:
        return f"{int(len(y) * share)} rows are there to judge by; {_LEAST_ROWS} are needed"
    fewest = int(y.value_counts().min() * share) if _are_classes(y) else _LEAST_OF_A_CLASS
    if fewest < _LEAST_OF_A_CLASS:
        return f"a class has {fewest} rows to judge by; {_LEAST_OF_A_CLASS} are needed"
    return ""
