"""Training on rows among which nobody is told apart from fewer than k - 1 others by what may identify them.

Sources: Sweeney (2002), k-anonymity: a model for protecting privacy; anjana chooses how coarse each column becomes and
which rows are left out, pyCANON counts what was reached.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from anjana.anonymity import k_anonymity, utils
from pycanon import anonymity
from sklearn.base import BaseEstimator, MetaEstimatorMixin, clone
from sklearn.utils import Tags, get_tags
from sklearn.utils.metaestimators import available_if

#: Intervals of a numeric column, from finest to coarsest; each is half as fine as the one before, so that they nest.
_INTERVALS = (64, 32, 16, 8, 4, 2, 1)

_MISSING = "missing"


class KAnonymousModel(MetaEstimatorMixin, BaseEstimator):
    """Estimator trained on a k-anonymous version of its rows.

    Numbers become the middle of an interval and stay numbers; texts become ``*`` where a whole column must be blurred.
    Rows that are still too rare are left out of the training. Protected columns count as identifying but are never
    blurred, since fairness could then not be measured. Rows to be predicted are blurred likewise and never left out.

    Parameters
    ----------
    estimator : estimator
        To be trained, a classifier or a regressor.
    quasi_identifiers : sequence of str
        Columns that together may identify a person.
    protected : sequence of str
        Protected columns.
    ranges : mapping
        Smallest and largest value of each numeric column, over its whole domain.
    k : int
        Least number of training rows that look alike in all these columns.
    suppression_share : float
        Share of the training rows that may be left out, between 0 and 1.

    Attributes
    ----------
    estimator_ : estimator
        The trained one.
    classes_ : array
        Labels, of a classifier.
    intervals_ : dict
        Number of intervals for each numeric column that was blurred.
    blanked_ : list of str
        Text columns that are ``*`` throughout.
    k_reached_ : int
        Size of the smallest class among the rows trained on, as pyCANON counts it.
    rows_left_out_ : int
        Training rows left out.
    left_out_by_level_ : dict
        Share of rows left out for each level of each protected column.
    """

    def __init__(
        self,
        estimator: Any,
        quasi_identifiers: Sequence[str],
        protected: Sequence[str],
        ranges: Mapping[str, tuple[float, float]],
        k: int = 5,
        suppression_share: float = 0.05,
    ) -> None:
        self.estimator = estimator
        self.quasi_identifiers = quasi_identifiers
        self.protected = protected
        self.ranges = ranges
        self.k = k
        self.suppression_share = suppression_share

    def fit(self, X: pd.DataFrame, y: pd.Series) -> KAnonymousModel:
        """Blur the rows, leave out those still too rare, and train.

        Raises
        ------
        ValueError
            If no k-anonymous table is found.
        """
        columns = list(dict.fromkeys([*self.quasi_identifiers, *self.protected]))
        kept, coarseness = self._anonymised(X, columns)
        self.intervals_ = {column: steps for column, steps in coarseness.items() if column in self.ranges}
        self.blanked_ = [column for column in coarseness if column not in self.ranges]
        blurred = self.blurred(X).iloc[kept]
        self.k_reached_ = int(anonymity.k_anonymity(_as_text(blurred, columns), columns)) if columns else len(kept)
        if self.k_reached_ < self.k:
            raise ValueError(f"the training rows are {self.k_reached_}-anonymous, not {self.k}-anonymous")
        self.rows_left_out_ = len(X) - len(kept)
        is_left_out = np.ones(len(X))
        is_left_out[kept] = 0
        self.left_out_by_level_ = {
            column: {
                str(level): round(float(share), 6)
                for level, share in pd.Series(is_left_out).groupby(_texts(X[column])).mean().items()
            }
            for column in self.protected
        }
        self.estimator_ = clone(self.estimator).fit(blurred, y.iloc[kept])
        if hasattr(self.estimator_, "classes_"):
            self.classes_ = self.estimator_.classes_
        return self

    def __sklearn_tags__(self) -> Tags:
        """Those of the estimator: a classifier stays one, a regressor too."""
        tags = super().__sklearn_tags__()
        inner = get_tags(self.estimator)
        tags.estimator_type, tags.target_tags = inner.estimator_type, inner.target_tags
        tags.classifier_tags, tags.regressor_tags = inner.classifier_tags, inner.regressor_tags
        return tags

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predictions of the trained estimator for the rows as blurred."""
        return np.asarray(self.estimator_.predict(self.blurred(X)))

    @available_if(lambda self: hasattr(getattr(self, "estimator_", self.estimator), "predict_proba"))
    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Probabilities of the trained estimator for the rows as blurred, of shape (n_rows, n_classes)."""
        return np.asarray(self.estimator_.predict_proba(self.blurred(X)))

    def blurred(self, X: pd.DataFrame) -> pd.DataFrame:
        """The rows as the model sees them, in training and after."""
        copy = X.copy()
        for column, count in self.intervals_.items():
            copy[column] = middles(X[column], self.ranges[column], count)
        for column in self.blanked_:
            copy[column] = "*"
        return copy

    def _anonymised(self, X: pd.DataFrame, columns: Sequence[str]) -> tuple[np.ndarray, dict[str, int]]:
        """Places of the rows kept, and how coarse each blurred column is; 0 for texts."""
        if not columns:
            return np.arange(len(X)), {}
        # anjana recognises a level by its values, so each label begins with its level; names cannot collide either.
        table = pd.DataFrame({"row": np.arange(len(X))})
        hierarchies: dict[str, dict[int, np.ndarray]] = {}
        steps: dict[str, list[int | None]] = {}
        names = {f"column {place}": column for place, column in enumerate(columns)}
        for name, column in names.items():
            ladder, steps[name] = self._ladder(X[column], column)
            table[name] = ladder[0]
            rungs = pd.DataFrame(ladder).drop_duplicates()
            hierarchies[name] = {level: rungs[level].to_numpy(dtype=object) for level in rungs}
        with contextlib.redirect_stdout(io.StringIO()):  # anjana reports its success on the screen
            anonymous = k_anonymity(table, [], list(names), self.k, 100 * self.suppression_share, hierarchies)
        if not len(anonymous):
            raise ValueError(
                f"no {self.k}-anonymous table leaves out at most {self.suppression_share:.0%} of the rows; take fewer "
                "quasi-identifiers or a smaller k, or allow more rows to be left out; protected columns are not blurred"
            )
        levels = utils.get_transformation(anonymous, list(names), hierarchies)
        coarseness = {
            names[name]: steps[name][level] or 0
            for name, level in zip(names, levels, strict=True)
            if steps[name][level] is not None
        }
        return np.sort(anonymous["row"].to_numpy()), coarseness

    def _ladder(self, values: pd.Series, column: str) -> tuple[dict[int, np.ndarray], list[int | None]]:
        """Labels of a column at every level, and the intervals at each: None for values as they were, 0 for ``*``."""
        as_it_was: list[int | None] = [None]
        if column in self.protected:
            steps = as_it_was
        elif column in self.ranges:
            finer = [count for count in _INTERVALS if count < values.nunique()]
            # Hardly any value of a long column is shared, and anjana would search the long list for every row.
            steps = [*(as_it_was if values.nunique() <= _INTERVALS[0] else []), *(finer or [1])]
        else:
            steps = [*as_it_was, 0]
        ladder = {}
        for level, count in enumerate(steps):
            if count is None:
                texts = _texts(values)
            elif count == 0:
                texts = pd.Series("*", index=values.index)
            else:
                texts = _texts(middles(values, self.ranges[column], count))
            ladder[level] = (f"{level}|" + texts).to_numpy(dtype=object)
        return ladder, steps


def middles(values: pd.Series, bounds: tuple[float, float], count: int) -> pd.Series:
    """The middle of the interval that each value is in.

    Parameters
    ----------
    values : Series
        Numbers; those beyond the bounds join the first or last interval.
    bounds : pair of float
        Ends of the domain.
    count : {64, 32, 16, 8, 4, 2, 1}
        Number of equal intervals.

    Returns
    -------
    Series of float
        Missing values stay missing, except that a single interval takes them in too.
    """
    low, high = map(float, bounds)
    finest = (high - low) / _INTERVALS[0] or 1.0
    # Counted in whole steps of the finest intervals: ends computed anew for each width would not nest to the last bit.
    step = np.floor((values.astype(float) - low) / finest).clip(0, _INTERVALS[0] - 1)
    if count == 1:
        step = step.fillna(0.0)
    joined = _INTERVALS[0] // count
    return low + (step // joined + 0.5) * joined * finest


def _texts(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), _MISSING).astype(str)


def _as_text(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({column: _texts(table[column]).to_numpy() for column in columns})


def anonymise(
    model: Any,
    quasi_identifiers: Sequence[str],
    protected: Sequence[str],
    ranges: Mapping[str, tuple[float, float]],
    k: int = 5,
    suppression_share: float = 0.05,
) -> KAnonymousModel:
    """The given model, to be trained on k-anonymous rows."""
    return KAnonymousModel(model, quasi_identifiers, protected, ranges, k, suppression_share)


def report(model: Any, k: int = 5) -> dict[str, Any]:
    """What the anonymisation of the training rows of a model reached.

    Parameters
    ----------
    model : estimator
        Trained; a `KAnonymousModel` is looked for in it and in what it wraps.
    k : int
        Least size of a class that is asked for.

    Returns
    -------
    dict
        Evidence.

    Raises
    ------
    ValueError
        If the model was not trained on anonymised rows.
    """
    inner = model
    while not isinstance(inner, KAnonymousModel):
        inner = getattr(inner, "estimator_", None)
        if inner is None:
            raise ValueError("the model was not trained on anonymised rows")
    reached = inner.k_reached_
    return {
        "measured": {
            "k": reached,
            "rows_left_out": inner.rows_left_out_,
            "share_left_out_by_protected_level": inner.left_out_by_level_,
            "intervals": inner.intervals_,
            "blanked": inner.blanked_,
        },
        "threshold": {"k": k},
        "holds": reached >= k,
        "because": (
            f"the smallest class of training rows alike in {len(set(inner.quasi_identifiers) | set(inner.protected))} "
            f"columns has {reached} rows, at least {k} are asked; {inner.rows_left_out_} rows were left out"
        ),
    }
