"""Linear support vector machine: planes with a wide margin between the classes."""

from __future__ import annotations

from sklearn.svm import LinearSVC


def estimator(seed: int, inverse_penalty: float = 1.0, iterations: int = 10000) -> LinearSVC:
    """Linear support vector machine, not yet trained.

    Parameters
    ----------
    seed : int
        Of the order of rows in the solver.
    inverse_penalty : float
        Positive, no unit; the smaller, the wider the margin.
    iterations : int
        Steps after which the solver gives up, with a warning.

    Returns
    -------
    LinearSVC
        Takes dense numbers without missing values; ``fit`` takes row weights. It has ``decision_function`` and no
        probabilities; several classes are each separated from the rest.

    Notes
    -----
    Minimises  0.5 w'w + inverse_penalty * sum_i max(0, 1 - y_i (w'x_i + b))^2  over w and b, for y_i of -1 or 1
    (scikit-learn user guide, "Support vector machines"); this solver penalises b like a coefficient.
    """
    return LinearSVC(C=inverse_penalty, max_iter=iterations, random_state=seed)
