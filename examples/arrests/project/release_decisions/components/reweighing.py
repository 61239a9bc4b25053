"""Reweighing: rows count more or less in training, so that group and label become independent.

Source: Kamiran and Calders (2012), Data preprocessing techniques for classification without discrimination,
doi 10.1007/s10115-011-0463-8.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone
from sklearn.utils.metaestimators import available_if


@contextmanager
def _root_logger_silent() -> Iterator[None]:
    """aif360 warns of each optional library it does not find, and so would also install a log handler for everybody."""
    root, handler = logging.getLogger(), logging.NullHandler()

    def refuse(record: logging.LogRecord) -> bool:
        return False

    root.addHandler(handler)
    root.addFilter(refuse)
    try:
        yield
    finally:
        root.removeFilter(refuse)
        root.removeHandler(handler)


with _root_logger_silent():
    from aif360.sklearn.preprocessing import Reweighing


def _inner_has(name: str) -> Callable[[ReweighedClassifier], bool]:
    return lambda self: hasattr(getattr(self, "estimator_", self.estimator), name)


class ReweighedClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):
    """Classifier trained on weights that make group and label independent of one another.

    The weights are computed inside ``fit``, so that in a cross-validation each fold has its own.

    Parameters
    ----------
    estimator : classifier
        Whose ``fit`` takes the weights; a pipeline hands them to its last step.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    weight_argument : str
        Name under which ``estimator.fit`` takes the weights.

    Attributes
    ----------
    estimator_ : classifier
        The trained one.
    classes_ : array
        Labels.
    weight_by_cell_ : dict
        Weight of each label in each group, group first.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        weight_argument: str = "estimator__sample_weight",
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.weight_argument = weight_argument

    def fit(self, X: pd.DataFrame, y: pd.Series) -> ReweighedClassifier:
        """Compute the weights and train the estimator with them.

        Raises
        ------
        ValueError
            If a row has no group.
        """
        labels = np.asarray(y)
        membership = self.groups(X)
        weights = row_weights(labels, membership)
        self.estimator_ = clone(self.estimator).fit(X, y, **{self.weight_argument: weights})
        self.classes_ = self.estimator_.classes_
        cells = pd.Series(weights).groupby([np.asarray(membership), labels]).first()
        self.weight_by_cell_: dict[str, dict[str, float]] = {}
        for (group, label), weight in cells.items():
            self.weight_by_cell_.setdefault(str(group), {})[str(label)] = float(weight)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Labels of the trained estimator."""
        return np.asarray(self.estimator_.predict(X))

    @available_if(_inner_has("predict_proba"))
    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probabilities of the trained estimator, of shape (n_rows, 2)."""
        return np.asarray(self.estimator_.predict_proba(X))


def row_weights(y: np.ndarray, groups: pd.Series) -> np.ndarray:
    """Weight every row by expected over observed frequency of its cell of group and label.

    Parameters
    ----------
    y : array of shape (n_rows,)
        Labels.
    groups : Series of shape (n_rows,)
        Group of each row.

    Returns
    -------
    array of shape (n_rows,)
        Positive, no unit; mean 1 where every cell occurs.

    Raises
    ------
    ValueError
        If a row has no group: aif360 would give it the weight 0, and it would vanish.

    Notes
    -----
    w(s, c) = P(s) P(c) / P(s, c), Kamiran and Calders (2012), section 4.3.
    """
    missing = int(groups.isna().sum())
    if missing:
        raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
    membership = groups.to_numpy(dtype=str)
    rows = np.zeros((len(y), 1))
    weights: np.ndarray = Reweighing(membership).fit_transform(rows, np.asarray(y))[1]
    return weights


def reweigh(model: Any, groups: Callable[[pd.DataFrame], pd.Series]) -> ReweighedClassifier:
    """The given pipeline, to be trained on reweighed rows; its last step is named ``estimator``."""
    return ReweighedClassifier(model, groups)
