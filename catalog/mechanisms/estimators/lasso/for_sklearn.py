"""Lasso: one coefficient for each prepared column, many of them exactly zero.

Tibshirani (1996), Regression shrinkage and selection via the lasso, Journal of the Royal Statistical Society B 58(1).
The penalty of scikit-learn's ``Lasso`` is in units of the target, so no value of it suits two targets. Here it is a
share of the smallest penalty that leaves no coefficient, which follows from the training rows.
"""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import Lasso
from sklearn.utils.validation import check_is_fitted


class RelativeLasso(RegressorMixin, BaseEstimator):
    """Linear regression with an L1 penalty that is stated as a share of the largest one of use.

    Parameters
    ----------
    penalty_share : float
        Between 0 and 1; at 1 no coefficient is left.
    iterations : int
        Passes over the columns after which the solver gives up, with a warning.

    Attributes
    ----------
    penalty_ : float
        In units of the target.
    coef_ : array of shape (n_columns,)
    intercept_ : float

    Notes
    -----
    Minimises  sum_i v_i (y_i - w'x_i - b)^2 / (2 sum_i v_i) + penalty_ * sum_j |w_j|  over w and b, v being the row
    weights. No coefficient is left from  max_j |sum_i v_i x_ij (y_i - mean)| / sum_i v_i  on, for centred columns.
    """

    def __init__(self, penalty_share: float = 0.05, iterations: int = 10000) -> None:
        self.penalty_share = penalty_share
        self.iterations = iterations

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> RelativeLasso:
        """Train on dense numbers without missing values.

        Raises
        ------
        ValueError
            If the share is not above 0, or more than 1.
        """
        if not 0 < self.penalty_share <= 1:
            raise ValueError(f"the penalty must be a share above 0 and up to 1, not {self.penalty_share}")
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        weights = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        spread = (X - np.average(X, axis=0, weights=weights)).T @ (weights * (y - np.average(y, weights=weights)))
        # A target without spread needs no penalty, and the solver wants one.
        whole = max(float(np.abs(spread).max()) / float(weights.sum()), np.finfo(float).tiny)
        self.penalty_ = self.penalty_share * whole
        lasso = Lasso(alpha=self.penalty_, max_iter=self.iterations).fit(X, y, sample_weight=weights)
        self.coef_, self.intercept_ = lasso.coef_, float(lasso.intercept_)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        """One number for each row."""
        check_is_fitted(self)
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_


def estimator(penalty_share: float = 0.05, iterations: int = 10000) -> RelativeLasso:
    """Linear regression with an L1 penalty, not yet trained.

    Parameters
    ----------
    penalty_share : float
        The larger, the fewer coefficients are left; 1 leaves none.
    iterations : int
        Passes over the columns after which the solver gives up, with a warning.

    Returns
    -------
    RelativeLasso
        Takes dense numbers without missing values; ``fit`` takes row weights.
    """
    return RelativeLasso(penalty_share=penalty_share, iterations=iterations)
