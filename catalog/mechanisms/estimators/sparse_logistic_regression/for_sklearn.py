"""Sparse logistic regression: one coefficient for each prepared column, many of them exactly zero."""

from __future__ import annotations

from sklearn.linear_model import LogisticRegression


def estimator(seed: int, inverse_penalty: float = 0.1, iterations: int = 5000) -> LogisticRegression:
    """Logistic regression with an L1 penalty, not yet trained.

    Parameters
    ----------
    seed : int
        Of the order of rows in the solver.
    inverse_penalty : float
        Positive, no unit; the smaller, the fewer coefficients are left. The loss is a sum over rows, so the same value
        leaves more of them on a longer table.
    iterations : int
        Passes over the rows after which the solver gives up, with a warning.

    Returns
    -------
    LogisticRegression
        Takes dense numbers without missing values; ``fit`` takes row weights.

    Notes
    -----
    Minimises  sum_j |w_j| + inverse_penalty * sum_i log(1 + exp(-y_i (w'x_i + b)))  over w and b, for y_i of -1 or 1
    (Tibshirani 1996, section 8; scikit-learn user guide, "Logistic regression"). SAGA is the solver that leaves b
    without a penalty and also separates more than two classes at once.
    """
    return LogisticRegression(penalty="l1", solver="saga", C=inverse_penalty, max_iter=iterations, random_state=seed)
