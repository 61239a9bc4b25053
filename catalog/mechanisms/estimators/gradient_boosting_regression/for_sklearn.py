"""Histogram gradient boosting of numbers: many small trees, each correcting the ones before it."""

from __future__ import annotations

from sklearn.ensemble import HistGradientBoostingRegressor


def estimator(
    seed: int, trees: int = 100, learning_rate: float = 0.1, smallest_leaf: int = 20
) -> HistGradientBoostingRegressor:
    """Histogram gradient boosting, not yet trained.

    Parameters
    ----------
    seed : int
        Of the rows set aside for early stopping, which is used beyond 10,000 rows, and of the bin borders, which are
        found on a draw beyond 200,000 rows.
    trees : int
        Largest number of trees.
    learning_rate : float
        How much of each tree's correction is taken, above 0 and at most 1.
    smallest_leaf : int
        Least number of training rows in a leaf.

    Returns
    -------
    HistGradientBoostingRegressor
        Takes dense numbers with gaps, and data frames whose columns of texts are pandas categories; ``fit`` takes row
        weights.

    Notes
    -----
    The first tree starts from the mean of the training numbers; each next one is fitted to what is left of them
    (Friedman 2001, Greedy function approximation, doi 10.1214/aos/1013203451).
    """
    return HistGradientBoostingRegressor(
        max_iter=trees, learning_rate=learning_rate, min_samples_leaf=smallest_leaf, random_state=seed
    )
