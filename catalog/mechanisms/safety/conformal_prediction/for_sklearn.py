"""Predictions with a stated chance of containing the truth: sets of classes, or intervals of numbers.

Angelopoulos and Bates (2023), A gentle introduction to conformal prediction, Foundations and Trends in Machine Learning
16(4), section 1; computed with MAPIE. Split conformal prediction needs rows that the model never saw, once to learn how
far predictions stray and once to check; both are halves of the test rows here, so that it is the trained model itself
that is judged, behind whatever wraps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from mapie.classification import SplitConformalClassifier
from mapie.regression import SplitConformalRegressor
from scipy.stats import binomtest
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

#: Fewer rows in each half leave the coverage open: its interval would be wider than a tenth.
_LEAST_ROWS = 100


class _PrefitClassifier(ClassifierMixin, BaseEstimator):
    """A trained classifier as MAPIE takes one: it checks for attributes that a wrapper need not have."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.classes_ = np.asarray(model.classes_)

    def fit(self, X: pd.DataFrame, y: Any) -> _PrefitClassifier:
        """Nothing is trained any more."""
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """The likeliest class, which a wrapper's decision need not be."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probabilities of the trained model."""
        return np.asarray(self.model.predict_proba(X), dtype=float)


class _PrefitRegressor(RegressorMixin, BaseEstimator):
    """A trained regressor as MAPIE takes one."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.is_fitted_ = True

    def fit(self, X: pd.DataFrame, y: Any) -> _PrefitRegressor:
        """Nothing is trained any more."""
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predictions of the trained model."""
        return np.asarray(self.model.predict(X), dtype=float)


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    seed: int,
    miss_share: float = 0.1,
) -> dict[str, Any]:
    """Learn on one half of the test rows how wide predictions must be, and count on the other how often they hold.

    Parameters
    ----------
    model : estimator
        Trained; a classifier with ``predict_proba`` and ``classes_``, or a regressor.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Whole numbers are codes of classes, floats quantities.
    seed : int
        Of the halves.
    miss_share : float
        Share of predictions that may miss the truth, between 0 and 1.

    Returns
    -------
    dict
        Evidence. ``measured.width`` is what a service needs: a class belongs to the set of a row if its probability is
        at least ``1 - width``; the interval of a number reaches ``width`` to both sides. ``holds`` is whether the
        coverage can be as promised: the upper end of its 95 % interval (Clopper and Pearson) is not below it.
    """
    threshold = {"coverage": round(1 - miss_share, 6)}
    order = np.random.default_rng(seed).permutation(len(X))
    learnt, checked = np.sort(order[: len(X) // 2]), np.sort(order[len(X) // 2 :])
    if len(learnt) < max(_LEAST_ROWS, int(np.ceil(1 / miss_share))):
        because = f"half of {len(X)} test rows are too few to learn and check predictions on"
        return {"measured": {"rows": len(X)}, "threshold": threshold, "holds": None, "because": because}
    truth = np.asarray(y)
    if np.issubdtype(truth.dtype, np.integer):
        sets, width = _sets(model, X, truth, learnt, checked, 1 - miss_share)
        places = np.searchsorted(np.asarray(model.classes_), truth[checked])
        known = np.isin(truth[checked], model.classes_)
        covered = known & sets[np.arange(len(checked)), np.minimum(places, sets.shape[1] - 1)]
        sizes = sets.sum(axis=1)
        told = {
            "mean_classes": round(float(sizes.mean()), 6),
            "share_of_one_class": round(float((sizes == 1).mean()), 6),
            "share_of_several_classes": round(float((sizes > 1).mean()), 6),
            "share_of_no_class": round(float((sizes == 0).mean()), 6),
        }
        worded = f"{(sizes == 1).mean():.1%} of the sets name one class, {(sizes > 1).mean():.1%} several"
    else:
        low, high, width = _intervals(model, X, truth, learnt, checked, 1 - miss_share)
        covered = (truth[checked] >= low) & (truth[checked] <= high)
        told = {"half_width_over_spread": round(float(width / truth[checked].std()), 6)} if truth[checked].std() else {}
        worded = f"the intervals reach {width:.4g} to both sides"
    found = binomtest(int(covered.sum()), len(checked)).proportion_ci(0.95)
    holds = bool(found.high >= 1 - miss_share)
    return {
        "measured": {
            "rows_learnt_on": len(learnt),
            "rows_checked": len(checked),
            "coverage": {
                "value": round(float(covered.mean()), 6),
                "low": round(float(found.low), 6),
                "high": round(float(found.high), 6),
            },
            "width": round(float(width), 6),
            **told,
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"{covered.mean():.1%} [{found.low:.1%}, {found.high:.1%}] of {len(checked)} rows are covered, "
            f"{1 - miss_share:.0%} were promised; {worded}"
        ),
    }


def _sets(
    model: Any, X: pd.DataFrame, truth: np.ndarray, learnt: Sequence[int], checked: Sequence[int], level: float
) -> tuple[np.ndarray, float]:
    """Which class belongs to the set of each checked row, and the largest 1 - probability that still does."""
    # "lac" is the only score that MAPIE has for two classes, and gives the smallest sets for more.
    conformal = SplitConformalClassifier(_PrefitClassifier(model), confidence_level=level, conformity_score="lac")
    known = np.isin(truth[learnt], model.classes_)
    rows = np.asarray(learnt)[known]
    conformal.conformalize(X.iloc[rows], truth[rows])
    _, sets = conformal.predict_set(X.iloc[checked])
    given = np.asarray(model.predict_proba(X.iloc[rows]), dtype=float)
    scores = np.sort(1 - given[np.arange(len(rows)), np.searchsorted(model.classes_, truth[rows])])
    # MAPIE keeps its quantile to itself; this is the same one, see section 1.1 of the source.
    return np.asarray(sets)[:, :, 0].astype(bool), float(scores[int(np.ceil((len(rows) + 1) * level)) - 1])


def _intervals(
    model: Any, X: pd.DataFrame, truth: np.ndarray, learnt: Sequence[int], checked: Sequence[int], level: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Lower and upper end for each checked row, and the distance of both from the prediction."""
    conformal = SplitConformalRegressor(_PrefitRegressor(model), confidence_level=level)
    conformal.conformalize(X.iloc[learnt], truth[learnt])
    predictions, ends = conformal.predict_interval(X.iloc[checked])
    low, high = np.asarray(ends)[:, 0, 0], np.asarray(ends)[:, 1, 0]
    return low, high, float(np.max(high - np.asarray(predictions)))
