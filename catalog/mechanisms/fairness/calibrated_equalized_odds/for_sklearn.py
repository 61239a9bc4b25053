"""Probabilities that stay calibrated in every group, while the cost of errors becomes the same.

Pleiss et al. (2017), On fairness and calibration: probabilities calibrated in each group can be made equal in one cost
only, and this is done by withholding information. In each group that fares better than the worst, a share of the rows
gets the base rate of the group instead of its own probability; the share is what makes the costs agree. aif360 has it
for exactly two groups, read off an index; here it holds for any number of them, and draws by row, so that a row gets
the same answer alone or among others.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone
from sklearn.model_selection import train_test_split

_CRITERIA = ("equal_opportunity", "equalized_odds")

#: Below as many rows one row moves a rate by more than ten points.
_FEW = 10


class CalibratedOddsClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):
    """Classifier that knows less of the rows of groups that fare better, until the costs agree.

    Parameters
    ----------
    estimator : classifier
        With ``predict_proba``, calibrated.
    groups : callable
        Gives the protected group of each row of ``X`` as a Series of text.
    criterion : {'equal_opportunity', 'equalized_odds'}
        What shall agree: the mean shortfall of the probability among rows with the favourable label, or the mean
        distance of probability and label over all rows. Both error rates at once cannot.
    holdout : float
        Share of the training rows that the shares are set on, between 0 and 1.
    seed : int
        Of the holdout and the draws.

    Attributes
    ----------
    estimator_ : classifier
        Trained on the other rows.
    costs_ : dict of str to float
        Cost of each group before, on the rows held out.
    base_rates_ : dict of str to float
        Share of the favourable label in each group.
    shares_ : dict of str to float
        Share of the rows of each group that get the base rate; 0 in the group that fares worst.
    classes_ : array
        0 and 1.
    """

    def __init__(
        self,
        estimator: Any,
        groups: Callable[[pd.DataFrame], pd.Series],
        criterion: str = "equal_opportunity",
        holdout: float = 0.3,
        seed: int = 0,
    ) -> None:
        self.estimator = estimator
        self.groups = groups
        self.criterion = criterion
        self.holdout = holdout
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.Series) -> CalibratedOddsClassifier:
        """Train the estimator on one part of the rows, set the shares on the other.

        Raises
        ------
        ValueError
            If labels are not 0 and 1, a row has no group, a group has too few rows of a label to be in both parts, or
            the criterion is not one of the two.
        """
        if self.criterion not in _CRITERIA:
            raise ValueError(f'calibrated probabilities cannot serve "{self.criterion}", only {", ".join(_CRITERIA)}')
        labels = np.asarray(y)
        if set(np.unique(labels)) != {0, 1}:
            raise ValueError("labels must be 0 and 1, 1 being the favourable one, and both must occur")
        membership = self._membership(X)
        cells = pd.DataFrame({"group": membership, "label": labels})
        rows = cells.value_counts().unstack(fill_value=0)
        held_out = (rows * self.holdout).min(axis=1)
        poor = rows.index[(held_out < 1) | (rows * (1 - self.holdout) < 1).any(axis=1)]
        if len(poor):
            raise ValueError(f"too few rows of each label to compare costs of: {', '.join(poor)}")
        shaky = rows.index[held_out < _FEW]
        if len(shaky):
            warnings.warn(
                f"costs rest on fewer than {_FEW} rows of a label for: {', '.join(shaky)}", UserWarning, stacklevel=2
            )
        fitted, held = train_test_split(
            np.arange(len(X)),
            test_size=self.holdout,
            stratify=cells.groupby(["group", "label"]).ngroup(),
            random_state=self.seed,
        )
        self.estimator_ = clone(self.estimator).fit(X.iloc[fitted], y.iloc[fitted])
        chances = self.estimator_.predict_proba(X.iloc[held])[:, 1]
        self.costs_, self.base_rates_, trivial = {}, {}, {}
        for group in sorted(set(membership)):
            inside = membership[held] == group
            truth, rate = labels[held][inside], float(labels[held][inside].mean())
            self.base_rates_[group] = rate
            self.costs_[group] = self._cost(truth, chances[inside])
            trivial[group] = self._cost(truth, np.full(len(truth), rate))
        worst = max(self.costs_.values())
        self.shares_ = {
            group: _share(cost, trivial[group], worst, group) if cost < worst else 0.0
            for group, cost in self.costs_.items()
        }
        self.classes_ = np.array([0, 1])
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """One decision, 0 or 1, for each row: 1 above one half."""
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probability of 0 and 1, of shape (n_rows, 2): that of the estimator, or the base rate of the group.

        Raises
        ------
        ValueError
            If a row is of a group that was not seen: nothing is known of its base rate.
        """
        membership = self._membership(X)
        unknown = sorted(set(membership) - set(self.shares_))
        if unknown:
            raise ValueError(f"nothing was learnt of: {', '.join(unknown)}; such rows need a person's decision")
        share, rate = (pd.Series(membership).map(by).to_numpy(float) for by in (self.shares_, self.base_rates_))
        chances = np.where(row_draws(X, self.seed) < share, rate, self.estimator_.predict_proba(X)[:, 1])
        return np.column_stack([1 - chances, chances])

    def _cost(self, labels: np.ndarray, chances: np.ndarray) -> float:
        missed = np.abs(labels - chances)
        return float(missed[labels == 1].mean() if self.criterion == "equal_opportunity" else missed.mean())

    def _membership(self, X: pd.DataFrame) -> np.ndarray:
        membership = self.groups(X)
        missing = int(membership.isna().sum())
        if missing:
            raise ValueError(f"{missing} rows have no group; give missing values of a protected attribute a label")
        return membership.to_numpy(dtype=str)


def _share(cost: float, trivial: float, worst: float, group: str) -> float:
    """Share of base rates that brings a cost up to the worst one; all of them may not be enough."""
    if trivial > worst:
        return (worst - cost) / (trivial - cost)
    warnings.warn(f"even base rates alone do not bring the cost of {group} up to that of others", UserWarning, 4)
    return 1.0


def row_draws(X: pd.DataFrame, seed: int) -> np.ndarray:
    """A number between 0 and 1 for each row, evenly spread, that depends on its values and the seed.

    Copies of a row in one table are drawn separately: otherwise one throw would decide for all of them, and the rates
    would be off where rows repeat.
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


def equalise_costs(
    model: Any,
    groups: Callable[[pd.DataFrame], pd.Series],
    seed: int,
    criterion: str,
    holdout: float = 0.3,
) -> CalibratedOddsClassifier:
    """The given model with the cost of errors made equal between groups, under the chosen criterion."""
    return CalibratedOddsClassifier(model, groups, criterion, holdout, seed)
