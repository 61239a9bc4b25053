"""Explainable boosting machine: a score for each column, and for a few pairs of columns, added up.

What each column adds can be drawn and read; nothing else enters the score (Lou, Caruana, Gehrke, Hooker 2013, Accurate
intelligible models with pairwise interactions, doi 10.1145/2487575.2487579).
"""

from __future__ import annotations

import warnings

from interpret.glassbox import ExplainableBoostingClassifier


def estimator(
    seed: int, pairs: int = 5, bags: int = 4, learning_rate: float = 0.08, processes: int = 1
) -> ExplainableBoostingClassifier:
    """Explainable boosting machine, not yet trained.

    Parameters
    ----------
    seed : int
        Of the bags.
    pairs : int
        Number of pairs of columns that get a score of their own, chosen by how much they add.
    bags : int
        Models on different draws of the rows that are averaged; their spread gives the error bars.
    learning_rate : float
        How much of each correction is taken, above 0 and at most 1.
    processes : int
        Bags trained at the same time; the model does not depend on it.

    Returns
    -------
    ExplainableBoostingClassifier
        Takes data frames whose columns of texts are pandas categories, with gaps; ``fit`` takes row weights.

    Notes
    -----
    log odds of class 1 = intercept + sum_j f_j(x_j) + sum_jk f_jk(x_j, x_k)
    """
    # The library warns that its own pictures leave out missing values; the model gives them a score of their own.
    warnings.filterwarnings("ignore", message="Missing values detected", category=UserWarning)
    return ExplainableBoostingClassifier(
        interactions=pairs, outer_bags=bags, learning_rate=learning_rate, n_jobs=processes, random_state=seed
    )
