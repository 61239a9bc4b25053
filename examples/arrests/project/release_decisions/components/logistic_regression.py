"""Logistic regression: one coefficient for each prepared column."""

from __future__ import annotations

from sklearn.linear_model import LogisticRegression


def estimator(seed: int, inverse_penalty: float = 1.0, iterations: int = 1000) -> LogisticRegression:
    """Logistic regression with an L2 penalty, not yet trained.

    Parameters
    ----------
    seed : int
        Of solvers that shuffle rows; the one used here does not.
    inverse_penalty : float
        Positive, no unit; the smaller, the closer the coefficients are kept to zero.
    iterations : int
        Steps after which the solver gives up, with a warning.

    Returns
    -------
    LogisticRegression
        Takes dense numbers without missing values; ``fit`` takes row weights.

    Notes
    -----
    Minimises  0.5 w'w + inverse_penalty * sum_i log(1 + exp(-y_i (w'x_i + b)))  over w and b, for y_i of -1 or 1
    (scikit-learn user guide, "Logistic regression"); the intercept b is not penalised.
    """
    return LogisticRegression(C=inverse_penalty, max_iter=iterations, random_state=seed)
