"""Random forest: the mean of many trees, each grown on other rows and columns."""

from __future__ import annotations

from sklearn.ensemble import RandomForestClassifier


def estimator(seed: int, trees: int = 100, smallest_leaf: int = 5) -> RandomForestClassifier:
    """Random forest, not yet trained.

    Parameters
    ----------
    seed : int
        Of the rows and columns that each tree is grown on.
    trees : int
        Number of trees.
    smallest_leaf : int
        Least number of training rows in a leaf; with leaves of one row the trained model recalls its rows.

    Returns
    -------
    RandomForestClassifier
        Takes dense numbers with gaps; ``fit`` takes row weights. Its probabilities are means of those of the trees
        (scikit-learn user guide, "Random forests").
    """
    return RandomForestClassifier(n_estimators=trees, min_samples_leaf=smallest_leaf, random_state=seed)
