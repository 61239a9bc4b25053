"""Training under a fairness constraint, by a grid of weightings of which one is kept.

Agarwal et al. (2018), A reductions approach to fair classification, section 3.4, and Agarwal, Dudík and Wu (2019) for
numbers, as implemented by fairlearn's ``GridSearch``. Each weighting of the constraints makes labels and row weights of
its own, on which the estimator is trained. The one kept has the smallest weighted sum of error and violation on the
training rows; its probabilities are those of an estimator that was trained so, and its decisions involve no draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.reductions import (
    BoundedGroupLoss,
    DemographicParity,
    EqualizedOdds,
    GridSearch,
    SquareLoss,
    TruePositiveRateParity,
)
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, RegressorMixin, clone
from sklearn.utils.metaestimators import available_if

_RATES = {
    "demographic_parity": DemographicParity,
    "equal_opportunity": TruePositiveRateParity,
    "equalized_odds": EqualizedOdds,
}


def _inner_has(name: str) -> Callable[[GridSearched], bool]:
    return lambda self: hasattr(getattr(self, "estimator_", self.estimator), name)


class GridSearched(MetaEstimatorMixin, BaseEstimator):
    """Estimator that was trained under one weighting out of many.

    Parameters
    ----------
    estimator : estimator
        Whose ``fit`` takes weights; a pipeline hands them to its last step.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    criterion : str
        What shall hold.
    grid_size : int
        Weightings tried.
    constraint_weight : float
        Weight of the violation against the error in the choice, from 0 to 1.
    weight_argument : str
        Name under which ``estimator.fit`` takes the weights.

    Attributes
    ----------
    estimator_ : estimator
        The one kept.
    tried_ : list of dict
        Error and largest violation in training of every one, and which was kept.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        criterion: str = "demographic_parity",
        grid_size: int = 30,
        constraint_weight: float = 0.5,
        weight_argument: str = "estimator__sample_weight",
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.criterion = criterion
        self.grid_size = grid_size
        self.constraint_weight = constraint_weight
        self.weight_argument = weight_argument

    def _search(self, X: pd.DataFrame, labels: np.ndarray, constraint: Any) -> None:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        found = GridSearch(
            clone(self.estimator),
            constraint,
            constraint_weight=self.constraint_weight,
            grid_size=self.grid_size,
            sample_weight_name=self.weight_argument,
        )
        found.fit(X, labels, sensitive_features=membership.to_numpy(dtype=str))
        self.estimator_ = found.predictors_[found.best_idx_]
        self.tried_ = [
            {"error": float(error), "violation": float(found.gammas_[place].max()), "kept": place == found.best_idx_}
            for place, error in enumerate(found.objectives_)
        ]

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """What the estimator kept says."""
        return np.asarray(self.estimator_.predict(X))


class GridSearchedClassifier(ClassifierMixin, GridSearched):
    """Classifier of labels 0 and 1 whose rates were weighed against its errors.

    Attributes
    ----------
    classes_ : array
        0 and 1.
    """

    def fit(self, X: pd.DataFrame, y: pd.Series) -> GridSearchedClassifier:
        """Train under every weighting and keep one.

        Raises
        ------
        ValueError
            If labels are not 0 and 1, a row has no group, or the criterion has no constraint here.
        """
        if self.criterion not in _RATES:
            raise ValueError(f'the reduction cannot ask for "{self.criterion}", only for {", ".join(_RATES)}')
        labels = np.asarray(y)
        if set(np.unique(labels)) != {0, 1}:
            raise ValueError("labels must be 0 and 1, 1 being the favourable one, and both must occur")
        self._search(X, labels, _RATES[self.criterion]())
        self.classes_ = np.array([0, 1])
        return self

    @available_if(_inner_has("predict_proba"))
    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probabilities of the estimator kept, of shape (n_rows, 2).

        It was trained on labels that the weighting has changed, so they are no frequencies of the true ones.
        """
        return np.asarray(self.estimator_.predict_proba(X))


class GridSearchedRegressor(RegressorMixin, GridSearched):
    """Regressor whose largest squared error of a group was weighed against that of all rows."""

    def fit(self, X: pd.DataFrame, y: pd.Series) -> GridSearchedRegressor:
        """Train under every weighting and keep one.

        Raises
        ------
        ValueError
            If a row has no group.
        """
        numbers = np.asarray(y, dtype=float)
        self._search(X, numbers, BoundedGroupLoss(SquareLoss(numbers.min(), numbers.max())))
        return self


def search(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    criterion: str,
    grid_size: int = 30,
    constraint_weight: float = 0.5,
) -> GridSearched:
    """The given pipeline, to be trained under many weightings; its last step is named ``estimator``."""
    kind = GridSearchedRegressor if criterion == "equal_group_error" else GridSearchedClassifier
    return kind(model, groups, criterion, grid_size, constraint_weight)
