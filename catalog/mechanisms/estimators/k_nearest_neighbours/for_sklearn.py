"""Nearest neighbours: a row is decided as most of the training rows closest to it were."""

from __future__ import annotations

from sklearn.neighbors import KNeighborsClassifier


def estimator(neighbours: int = 15) -> KNeighborsClassifier:
    """Nearest neighbours by Euclidean distance, not yet trained.

    Parameters
    ----------
    neighbours : int
        How many training rows are asked.

    Returns
    -------
    KNeighborsClassifier
        Takes dense numbers without missing values; its probabilities are shares of the neighbours. ``fit`` takes no
        row weights. The trained model holds all training rows.
    """
    return KNeighborsClassifier(n_neighbors=neighbours)
