"""Explainable boosting machine of numbers: an amount for each column, and for a few pairs of columns, added up.

What each column adds can be drawn and read; nothing else enters the number (Lou, Caruana, Gehrke, Hooker 2013, Accurate
intelligible models with pairwise interactions, doi 10.1145/2487575.2487579).
"""

from __future__ import annotations

import warnings

from interpret.glassbox import ExplainableBoostingRegressor


def estimator(seed: int, pairs: int = 5, bags: int = 4) -> ExplainableBoostingRegressor:
    """Explainable boosting machine, not yet trained.

    Parameters
    ----------
    seed : int
        Of the bags.
    pairs : int
        Number of pairs of columns that get an amount of their own, chosen by how much they add.
    bags : int
        Models on different draws of the rows that are averaged; their spread gives the error bars.

    Returns
    -------
    ExplainableBoostingRegressor
        Takes data frames whose columns of texts are pandas categories, with gaps; ``fit`` takes row weights.

    Notes
    -----
    number = intercept + sum_j f_j(x_j) + sum_jk f_jk(x_j, x_k)
    """
    # The library warns that its own pictures leave out missing values; the model gives them an amount of their own.
    warnings.filterwarnings("ignore", message="Missing values detected", category=UserWarning)
    return ExplainableBoostingRegressor(interactions=pairs, outer_bags=bags, n_jobs=1, random_state=seed)
