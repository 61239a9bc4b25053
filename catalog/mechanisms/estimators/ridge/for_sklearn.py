"""Ridge regression: one coefficient for each prepared column."""

from __future__ import annotations

from sklearn.linear_model import Ridge


def estimator(penalty: float = 1.0) -> Ridge:
    """Linear regression with an L2 penalty, not yet trained.

    Parameters
    ----------
    penalty : float
        Not negative, in units of squared target; the larger, the closer the coefficients are kept to zero.

    Returns
    -------
    Ridge
        Takes dense numbers without missing values; ``fit`` takes row weights.

    Notes
    -----
    Minimises  sum_i (y_i - w'x_i - b)^2 + penalty * w'w  over w and b (scikit-learn user guide, "Ridge regression and
    classification"); the intercept b is not penalised.
    """
    return Ridge(alpha=penalty)
