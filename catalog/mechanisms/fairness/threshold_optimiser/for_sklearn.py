"""Decisions by thresholds that differ between groups, so that the rates of decisions or errors do not.

Source: Hardt, Price and Srebro (2016), Equality of opportunity in supervised learning, as implemented by fairlearn.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone
from sklearn.model_selection import train_test_split

_CONSTRAINTS = {
    "demographic_parity": "demographic_parity",
    "equal_opportunity": "true_positive_rate_parity",
    "equalized_odds": "equalized_odds",
}

#: Below as many rows one row moves a rate by more than ten points.
_FEW = 10


class GroupThresholdClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):
    """Classifier with a threshold for each group, set on rows that the estimator was not trained on.

    Near its threshold a group may be decided at random, with a probability found in training. The draw is made from the
    row itself and the seed: a row gets the same answer alone or among others.

    Parameters
    ----------
    estimator : classifier
        With ``predict_proba``.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    criterion : {'demographic_parity', 'equal_opportunity', 'equalized_odds'}
        What shall hold.
    holdout : float
        Share of the training rows that the thresholds are set on, between 0 and 1.
    seed : int
        Of the holdout and the draws.

    Attributes
    ----------
    estimator_ : classifier
        Trained on the other rows.
    thresholds_ : fairlearn.postprocessing.ThresholdOptimizer
        Thresholds by group.
    groups_ : list of str
        Groups that have a threshold.
    classes_ : array
        0 and 1.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        criterion: str = "demographic_parity",
        holdout: float = 0.3,
        seed: int = 0,
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.criterion = criterion
        self.holdout = holdout
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.Series) -> GroupThresholdClassifier:
        """Train the estimator on one part of the rows, set the thresholds on the other.

        Raises
        ------
        ValueError
            If labels are not 0 and 1, a row has no group, a group has too few rows of a label to be in both parts, or
            the criterion has no constraint here.
        """
        if self.criterion not in _CONSTRAINTS:
            raise ValueError(f'thresholds cannot serve "{self.criterion}", only {", ".join(_CONSTRAINTS)}')
        labels = np.asarray(y)
        if set(np.unique(labels)) != {0, 1}:
            raise ValueError("labels must be 0 and 1, 1 being the favourable one, and both must occur")
        membership = self._membership(X)
        cells = pd.DataFrame({"group": membership, "label": labels})
        rows = cells.value_counts().unstack(fill_value=0)
        held_out = (rows * self.holdout).min(axis=1)
        poor = rows.index[(held_out < 1) | (rows * (1 - self.holdout) < 1).any(axis=1)]
        if len(poor):
            raise ValueError(f"too few rows of each label to set a threshold for: {', '.join(poor)}")
        shaky = rows.index[held_out < _FEW]
        if len(shaky):
            warnings.warn(
                f"thresholds rest on fewer than {_FEW} rows of a label for: {', '.join(shaky)}",
                UserWarning,
                stacklevel=2,
            )
        fitted, held = train_test_split(
            np.arange(len(X)),
            test_size=self.holdout,
            stratify=cells.groupby(["group", "label"]).ngroup(),
            random_state=self.seed,
        )
        self.estimator_ = clone(self.estimator).fit(X.iloc[fitted], y.iloc[fitted])
        self.thresholds_ = ThresholdOptimizer(
            estimator=self.estimator_,
            constraints=_CONSTRAINTS[self.criterion],
            prefit=True,
            predict_method="predict_proba",
        )
        self.thresholds_.fit(X.iloc[held], labels[held], sensitive_features=membership[held])
        self.groups_ = sorted(set(membership))
        self.classes_ = np.array([0, 1])
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """One decision, 0 or 1, for each row.

        Raises
        ------
        ValueError
            If a row is of a group that has no threshold.
        """
        return (self.predict_proba(X)[:, 1] > row_draws(X, self.seed)).astype(int)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probability that a row is decided 0 and 1, of shape (n_rows, 2).

        It is no estimate of how likely its label is: most rows have 0 or 1.

        Raises
        ------
        ValueError
            If a row is of a group that has no threshold; fairlearn would decide it 0 without a word.
        """
        membership = self._membership(X)
        unknown = sorted(set(membership) - set(self.groups_))
        if unknown:
            raise ValueError(f"no threshold was set for: {', '.join(unknown)}; such rows need a person's decision")
        return np.asarray(self.thresholds_._pmf_predict(X, sensitive_features=membership))

    def _membership(self, X: pd.DataFrame) -> np.ndarray:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        return membership.to_numpy(dtype=str)


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


def optimise_thresholds(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    criterion: str,
    holdout: float = 0.3,
) -> GroupThresholdClassifier:
    """The given model with a threshold for each group, under the chosen criterion."""
    return GroupThresholdClassifier(model, groups, criterion, holdout, seed)
