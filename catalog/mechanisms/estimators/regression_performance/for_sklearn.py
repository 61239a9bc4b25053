"""How good predicted numbers are, with bootstrap intervals (Efron 1979, doi 10.1214/aos/1176344552)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

#: Numbers drawn over all draws, so that a large table takes seconds.
_IN_ALL = 20_000_000


def measure(
    model: Any, X: pd.DataFrame, y: pd.Series, seed: int, draws: int = 1000, confidence: float = 0.95
) -> dict[str, Any]:
    """Mean absolute error, root mean squared error and R².

    Parameters
    ----------
    model : regressor
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Rows it was not trained on.
    y : Series of shape (n_rows,)
        Their true numbers.
    seed : int
        Of the bootstrap.
    draws : int
        Bootstrap draws; fewer, down to 100, beyond 20,000 rows.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Figures by name, ``rows``, and ``intervals``: lower and upper end by name. Errors are in units of the target;
        R² is 1 for right answers, 0 for the mean of the rows as only answer.
    """
    truth, predictions = np.asarray(y, dtype=float), np.asarray(model.predict(X), dtype=float)
    figures = {
        "mean_absolute_error": mean_absolute_error(truth, predictions),
        "root_mean_squared_error": root_mean_squared_error(truth, predictions),
        "r2": r2_score(truth, predictions),
    }
    source = np.random.default_rng(seed)
    enough = max(100, min(draws, _IN_ALL // len(truth)))
    rows = (source.integers(0, len(truth), len(truth)) for _ in range(enough))
    spread = np.array([_figures(truth[drawn], predictions[drawn]) for drawn in rows])
    ends = np.nanquantile(spread, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return {
        **{name: round(float(value), 6) for name, value in figures.items()},
        "intervals": {name: [round(float(end), 6) for end in ends[:, place]] for place, name in enumerate(figures)},
        "rows": len(truth),
    }


def quality(y: pd.Series, predictions: np.ndarray) -> float:
    """R²: 1 for right answers, 0 for the mean of the rows as only answer."""
    return float(r2_score(y, predictions))


def outcome(model: Any, X: pd.DataFrame) -> pd.Series:
    """The predicted number of each row."""
    return pd.Series(np.asarray(model.predict(X), dtype=float), index=X.index, name="predicted number")


def _figures(truth: np.ndarray, predictions: np.ndarray) -> tuple[float, float, float]:
    errors = predictions - truth
    squares, spread = np.mean(errors**2), truth.var()
    return np.abs(errors).mean(), np.sqrt(squares), 1 - squares / spread if spread > 0 else np.nan
