"""Training under a fairness constraint, by the exponentiated gradient reduction.

Source: Agarwal et al. (2018), A reductions approach to fair classification, as implemented by fairlearn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.reductions import DemographicParity, EqualizedOdds, ExponentiatedGradient, TruePositiveRateParity
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone

_CONSTRAINTS = {
    "demographic_parity": DemographicParity,
    "equal_opportunity": TruePositiveRateParity,
    "equalized_odds": EqualizedOdds,
}


class FairlyReducedClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):
    """Mixture of classifiers, trained so that the rates of the mixture differ little between groups.

    Each row is decided by one classifier of the mixture, drawn with its weight. The draw is made from the row itself
    and the seed: a row gets the same answer alone or among others.

    Parameters
    ----------
    estimator : classifier
        Whose ``fit`` takes weights; a pipeline hands them to its last step.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    criterion : {'demographic_parity', 'equal_opportunity', 'equalized_odds'}
        What shall hold.
    eps : float
        Allowed violation in training: largest difference of a group's rate from that of all.
    max_iterations : int
        Largest number of rounds; each trains the estimator.
    seed : int
        Of the draws.
    weight_argument : str
        Name under which ``estimator.fit`` takes the weights.

    Attributes
    ----------
    reduction_ : fairlearn.reductions.ExponentiatedGradient
        The trained mixture.
    classes_ : array
        0 and 1.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        criterion: str = "demographic_parity",
        eps: float = 0.01,
        max_iterations: int = 50,
        seed: int = 0,
        weight_argument: str = "estimator__sample_weight",
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.criterion = criterion
        self.eps = eps
        self.max_iterations = max_iterations
        self.seed = seed
        self.weight_argument = weight_argument

    def fit(self, X: pd.DataFrame, y: pd.Series) -> FairlyReducedClassifier:
        """Train the mixture.

        Raises
        ------
        ValueError
            If labels are not 0 and 1, a row has no group, or the criterion has no constraint here.
        """
        if self.criterion not in _CONSTRAINTS:
            raise ValueError(f'the reduction cannot ask for "{self.criterion}", only for {", ".join(_CONSTRAINTS)}')
        labels = np.asarray(y)
        if set(np.unique(labels)) != {0, 1}:
            raise ValueError("labels must be 0 and 1, 1 being the favourable one, and both must occur")
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        self.reduction_ = ExponentiatedGradient(
            clone(self.estimator),
            _CONSTRAINTS[self.criterion](difference_bound=self.eps),
            eps=self.eps,
            max_iter=self.max_iterations,
            sample_weight_name=self.weight_argument,
        )
        self.reduction_.fit(X, labels, sensitive_features=membership.to_numpy(dtype=str))
        self.classes_ = np.array([0, 1])
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """One decision, 0 or 1, for each row."""
        return (self.predict_proba(X)[:, 1] > row_draws(X, self.seed)).astype(int)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Share of the mixture that decides 0 and 1, of shape (n_rows, 2).

        This is how likely a row is to be decided so. It is no estimate of how likely its label is: most rows have 0
        or 1, and ranking by it tells less than a score would.
        """
        return np.asarray(self.reduction_._pmf_predict(X))


def row_draws(X: pd.DataFrame, seed: int) -> np.ndarray:
    """A number between 0 and 1 for each row, evenly spread, that depends on its values and the seed.

    Drawing by place would give every row that is decided alone the same number. Copies of a row in one table are drawn
    separately: otherwise one throw would decide for all of them, and the rates would be off where rows repeat.
    """
    plain = X.apply(lambda column: column.astype(float if pd.api.types.is_numeric_dtype(column) else object))
    digest = pd.util.hash_pandas_object(plain, index=False).reset_index(drop=True)
    copy = digest.groupby(digest).cumcount().to_numpy(dtype=np.uint64)
    bits = digest.to_numpy() + (copy + np.uint64(seed) * np.uint64(2**32)) * np.uint64(0x9E3779B97F4A7C15)
    # The finaliser of splitmix64: every bit of the result depends on every bit above.
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    bits = bits ^ (bits >> np.uint64(31))
    return (bits >> np.uint64(11)) * 2.0**-53


def mitigate(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    criterion: str,
    eps: float = 0.01,
    max_iterations: int = 50,
) -> FairlyReducedClassifier:
    """The given pipeline, to be trained under the chosen criterion; its last step is named ``estimator``."""
    return FairlyReducedClassifier(model, groups, criterion, eps, max_iterations, seed)
