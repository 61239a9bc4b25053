"""How good SHAP explanations of a model are: how faithful, how stable, for how many rows, and how long they take.

Faithfulness is the correlation, over the columns of a row, of its SHAP values with what the score loses without each
column: Alvarez-Melis and Jaakkola (2018), Towards robust interpretability with self-explaining neural networks.
Stability is the correlation of the values of a row with those found again, from another draw of background rows, and
with those of the row slightly changed: Alvarez-Melis and Jaakkola (2018), On the robustness of interpretability
methods. Only averages over rows are kept, never a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shap

#: Gives a number for each row of a table; the name of the series says what the numbers are.
Outcome = Callable[[Any, pd.DataFrame], pd.Series]

#: Values that miss the score by more do not explain it; what is smaller is rounding.
ROUNDING = 1e-6

_DRAWS = 1000


def explain(
    model: Any,
    X_train: pd.DataFrame,
    X_test: pd.DataFrame,
    outcome: Outcome,
    seed: int,
    rows: int = 50,
    background: int = 50,
    permutations: int = 2,
    noise_share: float = 0.05,
    smallest_agreement: float = 0.8,
    smallest_coverage: float = 0.95,
    longest_seconds: float = 10.0,
    fewest_rows: int = 20,
) -> dict[str, Any]:
    """Explain test rows three times over and compare.

    Parameters
    ----------
    model : estimator
        Trained.
    X_train, X_test : DataFrame of shape (n_rows, n_columns)
        Rows whose values stand in for a column that is taken away, and rows to explain.
    outcome : callable
        Gives the score that is explained for each row.
    seed : int
        Of every draw.
    rows, background : int
        How many rows are drawn from ``X_test`` and ``X_train``.
    permutations : int
        Orders of the columns tried for each row, each forwards and backwards.
    noise_share : float
        Standard deviation of the noise on numbers in slightly changed rows, as a share of that of their column.
    smallest_agreement : float
        Smallest mean correlation allowed, of faithfulness and of both kinds of stability.
    smallest_coverage : float
        Smallest share of rows whose values exist and add up to their score.
    longest_seconds : float
        Longest mean time for one row.
    fewest_rows : int
        With fewer explained rows nothing is judged.

    Returns
    -------
    dict
        Evidence; each mean has its bootstrap interval of 95 %. A limit inside the interval of a mean leaves the
        question open, unless another limit is clearly missed.
    """
    source = np.random.default_rng(seed)
    explained = X_test.sample(min(rows, len(X_test)), random_state=seed)
    first, second = (
        X_train.sample(min(background, len(X_train)), random_state=int(draw)) for draw in source.integers(2**31, size=2)
    )
    started = time.perf_counter()
    values = [
        shap_values(model, outcome, first, explained.iloc[[row]], permutations, seed) for row in range(len(explained))
    ]
    seconds = (time.perf_counter() - started) / max(len(explained), 1)

    changed = slightly_changed(explained, X_train, noise_share, source)
    found: dict[str, list[float]] = {"faithfulness": [], "agreement_repeated": [], "agreement_changed": []}
    for row, value in enumerate(values):
        if value is None:
            continue
        one = explained.iloc[[row]]
        without = change_without_each(model, outcome, one, first)
        again = shap_values(model, outcome, second, one, permutations, seed + 1)
        near = None if changed is None else shap_values(model, outcome, first, changed.iloc[[row]], permutations, seed)
        for name, other in zip(found, (without, again, near), strict=True):
            agreement = None if other is None else correlation(value, other)
            if agreement is not None:
                found[name].append(agreement)

    coverage = sum(value is not None for value in values) / max(len(values), 1)
    means = {name: mean_with_interval(agreements, source) for name, agreements in found.items()}
    limits = {
        **{f"smallest_{name}": smallest_agreement for name in means},
        "smallest_coverage": smallest_coverage,
        "longest_seconds": longest_seconds,
    }
    measured = {
        "rows": len(explained),
        "background_rows": len(first),
        **means,
        "coverage": round(coverage, 6),
        "seconds_per_row": round(seconds, 4),
    }
    verdicts = {
        f"the mean {name.replace('_', ' ')} of {_told(mean)}": _reaches(mean, smallest_agreement)
        for name, mean in means.items()
        if mean is not None
    }
    verdicts[f"the coverage of {coverage:.0%}"] = coverage >= smallest_coverage
    verdicts[f"the time of {seconds:.2g} s a row"] = seconds <= longest_seconds
    holds, because = _verdict(verdicts, len(explained), fewest_rows)
    return {"measured": measured, "threshold": limits, "holds": holds, "because": because}


def shap_values(
    model: Any, outcome: Outcome, background: pd.DataFrame, row: pd.DataFrame, permutations: int, seed: int
) -> np.ndarray | None:
    """SHAP values of a row, one for each column; None where the model refuses or they do not add up to the score.

    Parameters
    ----------
    model : estimator
        Trained.
    outcome : callable
        Gives the score of each row.
    background : DataFrame of shape (n_rows, n_columns)
    row : DataFrame of shape (1, n_columns)
    permutations : int
        Orders of the columns, each forwards and backwards.
    seed : int
        Of the orders.
    """
    together = pd.concat([background, row])
    # Each column is coded by the position among its distinct values, so that texts and gaps pass through the masker.
    coded = [pd.factorize(together[column], use_na_sentinel=False) for column in together.columns]
    codes = np.column_stack([code for code, _ in coded]).astype(float)
    levels = dict(zip(together.columns, (level for _, level in coded), strict=True))

    def score(table: np.ndarray) -> np.ndarray:
        columns = zip(levels.items(), table.astype(int).T, strict=True)
        mixed = pd.DataFrame({column: level.take(code) for (column, level), code in columns})
        return outcome(model, mixed).to_numpy(dtype=float)

    masker = shap.maskers.Independent(codes[:-1], max_samples=len(background))
    try:
        explanation = shap.PermutationExplainer(score, masker, seed=seed)(
            codes[-1:], max_evals=permutations * (2 * len(levels) + 1), silent=True
        )
        said = float(score(codes[-1:])[0])
    except ValueError:
        return None
    values = np.asarray(explanation.values)[0]
    error = abs(float(np.mean(explanation.base_values)) + values.sum() - said)
    return values if np.isfinite(values).all() and error <= ROUNDING * max(1.0, abs(said)) else None


def change_without_each(model: Any, outcome: Outcome, row: pd.DataFrame, background: pd.DataFrame) -> np.ndarray:
    """By how much the score of a row exceeds its mean when one column gets its values in the background.

    Parameters
    ----------
    model : estimator
        Trained.
    outcome : callable
        Gives the score of each row.
    row : DataFrame of shape (1, n_columns)
    background : DataFrame of shape (n_rows, n_columns)

    Returns
    -------
    array of shape (n_columns,)
    """
    repeated = row.loc[row.index.repeat(len(background))].reset_index(drop=True)
    tables = [
        repeated.assign(**{column: background[column].to_numpy()}).astype({column: background[column].dtype})
        for column in row.columns
    ]
    scores = outcome(model, pd.concat(tables, ignore_index=True)).to_numpy(dtype=float)
    said = float(outcome(model, row).iloc[0])
    return said - scores.reshape(len(tables), len(background)).mean(axis=1)


def slightly_changed(
    rows: pd.DataFrame, X_train: pd.DataFrame, noise_share: float, source: np.random.Generator
) -> pd.DataFrame | None:
    """The rows with normal noise on their numbers; None where there is no column of numbers."""
    numeric = [column for column in rows.columns if pd.api.types.is_float_dtype(rows[column])]
    if not numeric:
        return None
    return rows.assign(
        **{
            column: rows[column] + source.normal(0.0, noise_share, len(rows)) * X_train[column].std(ddof=0)
            for column in numeric
        }
    )


def correlation(values: np.ndarray, others: np.ndarray) -> float | None:
    """Pearson's over the columns of a row; None where either is the same for all of them."""
    if np.ptp(values) <= ROUNDING or np.ptp(others) <= ROUNDING:
        return None
    return float(np.corrcoef(values, others)[0, 1])


def mean_with_interval(agreements: list[float], source: np.random.Generator) -> dict[str, float] | None:
    """Mean over rows with the percentile interval of 95 %; None without rows. Efron (1979)."""
    if not agreements:
        return None
    values = np.asarray(agreements)
    draws = values[source.integers(len(values), size=(_DRAWS, len(values)))].mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return {
        "value": round(float(values.mean()), 6),
        "low": round(float(low), 6),
        "high": round(float(high), 6),
        "count": len(values),
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
        return (
            False,
            f"over {rows} rows {' and '.join(missed)} {'miss' if missed[1:] else 'misses'} the limit",
        )
    if unclear:
        return None, f"over {rows} rows {' and '.join(unclear)} may lie on either side of the limit"
    return True, f"over {rows} rows {', '.join(verdicts)} keep their limits"
