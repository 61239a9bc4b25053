"""Cases near the line are decided in favour of the groups that fare worse.

Kamiran, Karim and Zhang (2012), Decision theory for discrimination-aware classification, section III: within a critical
region around probability 0.5, rows of the deprived group get the favourable outcome and rows of the favoured group the
other. aif360's classifier knows two groups only and answers for a group it has never seen; so the rule is written out
here for any number of groups, and refuses others.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import train_test_split

#: Labels among whose rows the rate of favourable decisions is compared; None for all rows.
_COMPARED: dict[str, list[int | None]] = {
    "demographic_parity": [None],
    "equal_opportunity": [1],
    "equalized_odds": [0, 1],
}

#: Margins tried are multiples of it.
_STEP = 0.01

#: Below as many rows one row moves a rate by more than ten points.
_FEW = 10


class RejectOptionClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):
    """Classifier that favours the groups that fare worse where its probability is near 0.5.

    Which groups fare worse, and how wide the critical region is, is settled on rows that the estimator was not trained
    on: the margin with the smallest difference of rates between groups among those that cost little accuracy.

    Parameters
    ----------
    estimator : classifier
        With ``predict_proba``.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    criterion : {'demographic_parity', 'equal_opportunity', 'equalized_odds'}
        What shall hold.
    largest_margin : float
        Largest distance from 0.5 that counts as near.
    largest_loss : float
        Balanced accuracy that the margin may cost on the rows held out.
    holdout : float
        Share of the training rows that the margin is set on, between 0 and 1.
    seed : int
        Of the holdout.

    Attributes
    ----------
    estimator_ : classifier
        Trained on the other rows.
    margin_ : float
        Distance from 0.5 below which the group decides; 0 if nothing was gained.
    deprived_ : list of str
        Groups that are favoured near the line.
    groups_ : list of str
        Groups that were seen.
    difference_ : dict
        Difference of rates on the rows held out, by margin.
    classes_ : array
        0 and 1.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        criterion: str = "demographic_parity",
        largest_margin: float = 0.25,
        largest_loss: float = 0.05,
        holdout: float = 0.3,
        seed: int = 0,
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.criterion = criterion
        self.largest_margin = largest_margin
        self.largest_loss = largest_loss
        self.holdout = holdout
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.Series) -> RejectOptionClassifier:
        """Train the estimator on one part of the rows, set the margin on the other.

        Raises
        ------
        ValueError
            If labels are not 0 and 1, a row has no group, only one group occurs, a group has too few rows of a label to
            be in both parts, or the criterion has no rate here.
        """
        if self.criterion not in _COMPARED:
            raise ValueError(f'a margin cannot serve "{self.criterion}", only {", ".join(_COMPARED)}')
        labels = np.asarray(y)
        if set(np.unique(labels)) != {0, 1}:
            raise ValueError("labels must be 0 and 1, 1 being the favourable one, and both must occur")
        membership = self._membership(X)
        cells = pd.DataFrame({"group": membership, "label": labels})
        rows = cells.value_counts().unstack(fill_value=0)
        if len(rows) < 2:
            raise ValueError(f"only one group occurs: {rows.index[0]}; there is nobody to compare it with")
        held_out = (rows * self.holdout).min(axis=1)
        poor = rows.index[(held_out < 1) | (rows * (1 - self.holdout) < 1).any(axis=1)]
        if len(poor):
            raise ValueError(f"too few rows of each label to set a margin for: {', '.join(poor)}")
        shaky = rows.index[held_out < _FEW]
        if len(shaky):
            warnings.warn(
                f"the margin rests on fewer than {_FEW} rows of a label for: {', '.join(shaky)}",
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
        self.classes_ = np.array([0, 1])
        self.groups_ = sorted(set(membership))
        score = np.asarray(self.estimator_.predict_proba(X.iloc[held]))[:, 1]
        self._settle(score, labels[held], membership[held])
        return self

    def _settle(self, score: np.ndarray, labels: np.ndarray, membership: np.ndarray) -> None:
        before = (score > 0.5).astype(int)
        rates = self._rates(before, labels, membership).mean(axis=1)
        self.deprived_ = sorted(rates.index[rates < rates.mean()])
        deprived = np.isin(membership, self.deprived_)
        accuracy = balanced_accuracy_score(labels, before)
        self.margin_, self.difference_ = 0.0, {}
        for step in range(round(self.largest_margin / _STEP) + 1):
            margin = round(step * _STEP, 10)
            decided = (_moved(score, deprived, margin) > 0.5).astype(int)
            difference = float(np.ptp(self._rates(decided, labels, membership).to_numpy(), axis=0).max())
            if balanced_accuracy_score(labels, decided) < accuracy - self.largest_loss:
                continue
            # A wider region must earn its width: equal differences keep the narrower one.
            if not self.difference_ or difference < min(self.difference_.values()) - 1e-12:
                self.margin_ = margin
            self.difference_[margin] = difference

    def _rates(self, decided: np.ndarray, labels: np.ndarray, membership: np.ndarray) -> pd.DataFrame:
        """Rate of favourable decisions of each group, a column for each label that the criterion compares."""
        found = {}
        for label in _COMPARED[self.criterion]:
            counted = np.full(len(labels), True) if label is None else labels == label
            found[str(label)] = pd.Series(decided[counted]).groupby(membership[counted]).mean()
        return pd.DataFrame(found)

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """One decision, 0 or 1, for each row.

        Raises
        ------
        ValueError
            If a row is of a group that was not seen in training.
        """
        return np.asarray(self.predict_proba(X)[:, 1] > 0.5).astype(int)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Scores in line with the decisions, of shape (n_rows, 2).

        Outside the critical region they are the probabilities of the estimator. Within it they are moved to the side
        that the group decides, mirrored at 0.5, and are no estimate of how likely the label is.

        Raises
        ------
        ValueError
            If a row is of a group that was not seen in training.
        """
        membership = self._membership(X)
        unknown = sorted(set(membership) - set(self.groups_))
        if unknown:
            raise ValueError(f"no rule was set for: {', '.join(unknown)}; such rows need a person's decision")
        score = np.asarray(self.estimator_.predict_proba(X))[:, 1]
        moved = _moved(score, np.isin(membership, self.deprived_), self.margin_)
        return np.column_stack([1 - moved, moved])

    def _membership(self, X: pd.DataFrame) -> np.ndarray:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        return membership.to_numpy(dtype=str)


def _moved(score: np.ndarray, deprived: np.ndarray, margin: float) -> np.ndarray:
    """Probabilities mirrored at 0.5 where they are near it and speak against the rule."""
    near = np.abs(score - 0.5) < margin
    # A probability of exactly one half has no mirror image: the next number above it stands for a grant.
    granted = np.maximum(np.maximum(score, 1 - score), np.nextafter(0.5, 1))
    return np.where(near, np.where(deprived, granted, np.minimum(score, 1 - score)), score)


def favour_near_the_line(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    criterion: str,
    largest_margin: float = 0.25,
    largest_loss: float = 0.05,
    holdout: float = 0.3,
) -> RejectOptionClassifier:
    """The given model with a critical region in which the group decides, under the chosen criterion."""
    return RejectOptionClassifier(model, groups, criterion, largest_margin, largest_loss, holdout, seed)
