"""Parameters of the estimator chosen by cross-validation within the training rows.

Columns are prepared anew in each fold, and nothing of the test rows is seen: a figure on rows that chose the parameters
would be too good (Cawley and Talbot 2010, On over-fitting in model selection, jmlr.org/papers/v11/cawley10a.html).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.model_selection import GroupKFold, KFold, ParameterGrid, StratifiedGroupKFold, StratifiedKFold

#: Values that are tried, by estimator; a few steps to each side of its defaults.
CANDIDATES: dict[str, dict[str, list[Any]]] = {
    "logistic_regression": {"C": [0.01, 0.1, 1.0, 10.0]},
    "sparse_logistic_regression": {"C": [0.001, 0.01, 0.1, 1.0]},
    "linear_svm": {"C": [0.01, 0.1, 1.0, 10.0]},
    "k_nearest_neighbours": {"n_neighbors": [5, 15, 45]},
    "random_forest": {"min_samples_leaf": [2, 5, 20], "max_features": ["sqrt", 0.5]},
    "histogram_gradient_boosting": {"learning_rate": [0.05, 0.1, 0.2], "max_leaf_nodes": [15, 31]},
    "explainable_boosting": {"interactions": [0, 5, 20]},
    "neural_network": {"alpha": [0.0001, 0.001, 0.1]},
    "ridge": {"alpha": [0.1, 1.0, 10.0, 100.0]},
    "lasso": {"penalty_share": [0.003, 0.01, 0.05, 0.2]},
    "gradient_boosting_regression": {"learning_rate": [0.05, 0.1, 0.2], "max_leaf_nodes": [15, 31]},
    "explainable_boosting_regression": {"interactions": [0, 5, 20]},
}


def search(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    persons: pd.Series | None,
    quality: Callable[[pd.Series, np.ndarray], float],
    seed: int,
    estimator: str,
    folds: int = 3,
) -> dict[str, Any]:
    """Try every combination of values on every fold and take the one that is best on average.

    Parameters
    ----------
    model : pipeline
        Not trained; its last step is called ``estimator``.
    X : DataFrame of shape (n_rows, n_columns)
        Training rows.
    y : Series of shape (n_rows,)
        Their labels as numbers; whole ones are classes, which every fold has in the same shares.
    persons : Series of shape (n_rows,) or None
        Whose row each one is: no person is in two folds.
    quality : callable
        Gives one figure for labels and predictions; larger is better.
    seed : int
        Of the folds.
    estimator : str
        Which values are tried, a key of `CANDIDATES`.
    folds : int
        Parts of the training rows.

    Returns
    -------
    dict
        Evidence; ``chosen`` are arguments of ``set_params`` of the pipeline. Of equally good values the first are
        taken, and a combination counts as better from a millionth on.
    """
    parts = list(_folds(y, persons, folds, seed).split(X, y, persons))
    tried = []
    for values in ParameterGrid(CANDIDATES[estimator]):
        arguments = {f"estimator__{name}": value for name, value in values.items()}
        qualities = [
            quality(
                y.iloc[held],
                clone(model).set_params(**arguments).fit(X.iloc[kept], y.iloc[kept]).predict(X.iloc[held]),
            )
            for kept, held in parts
        ]
        tried.append({"parameters": values, "quality": round(float(np.mean(qualities)), 6), "chosen": arguments})
    best = max(tried, key=lambda found: found["quality"])
    told = ", ".join(f"{name} {value}" for name, value in best["parameters"].items())
    return {
        "measured": {
            "folds": len(parts),
            "rows": len(X),
            "tried": [{name: found[name] for name in ("parameters", "quality")} for found in tried],
            "quality": best["quality"],
        },
        "chosen": best["chosen"],
        "because": f"of {len(tried)} combinations over {len(parts)} folds of the training rows the best had {told}",
    }


def _folds(y: pd.Series, persons: pd.Series | None, folds: int, seed: int) -> Any:
    is_classes = pd.api.types.is_integer_dtype(y)
    if persons is not None:
        return StratifiedGroupKFold(folds, shuffle=True, random_state=seed) if is_classes else GroupKFold(folds)
    return (StratifiedKFold if is_classes else KFold)(folds, shuffle=True, random_state=seed)
