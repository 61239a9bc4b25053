"""Rows described by how near they are to a few prototypes, placed so that no group is nearer to any than another.

Zemel et al. (2013), Learning fair representations, in the form of fairlearn's ``PrototypeRepresentationLearner``: each
row becomes its shares of closeness to the prototypes; these must tell the label, resemble the row, and be on average
the same in every group. The group is needed in training only. Of the other implementations aif360's rewrites the
labels, at times to one and the same, and its scikit-learn version asks for torch.

fairlearn estimates every slope of its loss by a difference, and takes minutes where the slopes themselves, written out
here, take a second; the loss is the same. What comes out depends on where the prototypes start, that is on the seed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.spatial.distance import cdist
from scipy.special import softmax
from sklearn.base import BaseEstimator, TransformerMixin, clone


class FairColumns(TransformerMixin, BaseEstimator):
    """Shares of closeness to prototypes in place of the columns made ready.

    Parameters
    ----------
    columns : transformer
        Gives dense numbers without gaps, all of one scale.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    prototypes : int
        How many; the estimator gets as many columns.
    fairness_weight : float
        Weight of the difference between groups; the error of the label has weight 1.
    likeness_weight : float
        Weight of the difference between a row and what its shares say of it.
    most_rows : int
        Training rows that place the prototypes at most; of more they are drawn.
    iterations : int
        Steps of the search at most.
    seed : int
        Of the draw and of where the prototypes start.

    Attributes
    ----------
    columns_ : transformer
        The fitted one.
    prototypes_ : array of shape (prototypes, n_columns)
        Where they are.
    weights_ : array of shape (n_columns,)
        How much each column counts for closeness.
    """

    def __init__(
        self,
        columns: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        prototypes: int = 10,
        fairness_weight: float = 10.0,
        likeness_weight: float = 0.1,
        most_rows: int = 5000,
        iterations: int = 200,
        seed: int = 0,
    ) -> None:
        self.columns = columns
        self.groups = groups
        self.prototypes = prototypes
        self.fairness_weight = fairness_weight
        self.likeness_weight = likeness_weight
        self.most_rows = most_rows
        self.iterations = iterations
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.Series) -> FairColumns:
        """Place the prototypes.

        Raises
        ------
        ValueError
            If a row has no group, or the rows drawn are all of one group or one label.
        """
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        self.columns_ = clone(self.columns).fit(X, y)
        drawn = np.random.default_rng(self.seed).permutation(len(X))[: self.most_rows]
        group, label = membership.to_numpy(dtype=str)[drawn], np.asarray(y)[drawn]
        if len(set(group)) < 2 or len(np.unique(label)) < 2:
            raise ValueError(f"{len(drawn)} rows drawn are all of one group or of one label; let more be drawn")
        numbers = np.asarray(self.columns_.transform(X.iloc[drawn]), dtype=float)
        self.prototypes_, self.weights_ = self._placed(numbers, label, group)
        return self

    def transform(self, X: pd.DataFrame) -> np.ndarray:
        """Shares that add up to 1 in every row, of shape (n_rows, prototypes)."""
        numbers = np.asarray(self.columns_.transform(X), dtype=float)
        return np.asarray(softmax(-cdist(numbers, self.prototypes_, metric="euclidean", w=self.weights_), axis=1))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """``prototype 1`` and so on."""
        return np.array([f"prototype {place + 1}" for place in range(len(self.prototypes_))], dtype=object)

    def _placed(self, numbers: np.ndarray, label: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        count, width = self.prototypes, numbers.shape[1]
        random = np.random.default_rng(self.seed)
        start = np.concatenate([random.random(count * width), random.random(count), np.ones(width)])
        bounds = [(None, None)] * (count * width) + [(0, 1)] * count + [(0, None)] * width
        _, members = np.unique(group, return_inverse=True)
        shares = np.eye(members.max() + 1)[members]
        arguments = (numbers, label, shares / shares.sum(axis=0), self.fairness_weight, self.likeness_weight)
        found = minimize(
            loss, start, arguments, "L-BFGS-B", jac=True, bounds=bounds, options={"maxiter": self.iterations}
        )
        return found.x[: count * width].reshape(count, width), found.x[-width:]


def loss(
    point: np.ndarray,
    numbers: np.ndarray,
    label: np.ndarray,
    averages: np.ndarray,
    fairness_weight: float,
    likeness_weight: float,
) -> tuple[float, np.ndarray]:
    """What the prototypes shall make small, and its slopes.

    Parameters
    ----------
    point : array of shape (prototypes * n_columns + prototypes + n_columns,)
        Prototypes, the probability of the favourable label at each, and how much each column counts.
    numbers : array of shape (n_rows, n_columns)
    label : array of shape (n_rows,)
        0 or 1.
    averages : array of shape (n_rows, n_groups)
        Each column averages the rows of one group: one over their number, and 0 elsewhere.
    fairness_weight, likeness_weight : float

    Returns
    -------
    float, array
        Log loss of the label, plus the mean squared distance of rows from what their shares say of them, plus the mean
        absolute difference between groups in their mean shares.
    """
    rows, width = numbers.shape
    count = (len(point) - width) // (width + 1)
    prototypes, chances = point[: count * width].reshape(count, width), point[count * width : -width]
    weights = point[-width:]
    squared = numbers**2 @ weights[:, None] - 2 * numbers @ (weights * prototypes).T + prototypes**2 @ weights
    distance = np.sqrt(np.maximum(squared, 1e-12))
    shares = softmax(-distance, axis=1)

    off = shares @ prototypes - numbers
    chance = np.clip(shares @ chances, 1e-9, 1 - 1e-9)
    means = averages.T @ shares
    first, second = np.triu_indices(len(means), k=1)
    apart = means[first] - means[second]
    value = (
        likeness_weight * (off**2).sum(axis=1).mean()
        - np.mean(label * np.log(chance) + (1 - label) * np.log(1 - chance))
        + fairness_weight * np.abs(apart).mean()
    )

    by_chance = (chance - label) / (chance * (1 - chance)) / rows
    by_means = np.zeros_like(means)
    np.add.at(by_means, first, np.sign(apart) * fairness_weight / apart.size)
    np.add.at(by_means, second, -np.sign(apart) * fairness_weight / apart.size)
    by_off = 2 * likeness_weight * off / rows
    by_shares = by_off @ prototypes.T + by_chance[:, None] * chances + averages @ by_means
    by_distance = -shares * (by_shares - (shares * by_shares).sum(axis=1, keepdims=True))
    by_square = by_distance / distance
    pulled, total = by_square.T @ numbers, by_square.sum(axis=0)[:, None]
    by_prototypes = shares.T @ by_off - weights * (pulled - total * prototypes)
    by_weights = (
        by_square.sum(axis=1) @ numbers**2 - 2 * (pulled * prototypes).sum(axis=0) + (total * prototypes**2).sum(axis=0)
    ) / 2
    return float(value), np.concatenate([by_prototypes.ravel(), shares.T @ by_chance, by_weights])


def represent(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    prototypes: int = 10,
    fairness_weight: float = 10.0,
    likeness_weight: float = 0.1,
    most_rows: int = 5000,
    iterations: int = 200,
) -> Any:
    """The given pipeline with the representation in place of its step ``columns``."""
    columns = FairColumns(
        model.named_steps["columns"],
        groups,
        prototypes=prototypes,
        fairness_weight=fairness_weight,
        likeness_weight=likeness_weight,
        most_rows=most_rows,
        iterations=iterations,
        seed=seed,
    )
    return clone(model).set_params(columns=columns)
