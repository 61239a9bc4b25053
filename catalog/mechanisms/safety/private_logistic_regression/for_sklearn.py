"""Logistic regression under differential privacy, and a ledger of the budget that its trainings spend.

Source: Chaudhuri, Monteleoni and Sarwate (2011), Differentially private empirical risk minimization, algorithm 2
(objective perturbation), as diffprivlib has it. Its proof asks for rows of length at most 1, for a penalty on every
coefficient, and for the exact minimum; so the intercept is a column like the others here, the rows are shortened
together with it, and a solver that gives up is an error. diffprivlib 0.6.6 itself leaves the intercept without penalty,
and takes ``data_norm`` once where the curvature of the loss has its square. Computed from the density of the result,
the privacy loss then reaches 26 for an epsilon of 1 with an intercept, and 2.2 for an epsilon of 2 with a norm of 5.

The noise comes from the operating system, never from the seed of the project: whoever knows the seed could take the
noise away. Training again therefore gives another model, and spends the budget again.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from diffprivlib import BudgetAccountant
from diffprivlib.models import LogisticRegression
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

#: Epsilon and delta of every training in this process that is not in the ledger yet, copies of the estimator included:
#: an accountant that is an argument would be copied with it, and what the copy spends lost.
SPENT: list[tuple[float, float]] = []

#: What epsilon is about, and what it is not.
COVERED = "the coefficients of the model, against the exchange of one training row for any other"
NOT_COVERED = (
    "the ends of ranges and the levels in the settings, where they were read off the rows",
    "figures, pictures and records of a run, which are taken from the rows without noise",
    "the rows that the model is tested on",
    "how many rows there are, which outcomes occur, and how the split shared out the other rows",
)

_ITERATIONS = 10_000


class PrivateLogisticRegression(ClassifierMixin, BaseEstimator):
    """Logistic regression whose coefficients hardly depend on any one row.

    Parameters
    ----------
    epsilon : float
        Positive. Exchanging one row makes no result more than ``exp(epsilon)`` times as likely. Several classes have a
        regression each, which share it equally.
    inverse_penalty : float
        Positive; the smaller, the closer the coefficients are kept to zero. A small epsilon needs a penalty of its own
        beyond which it has no effect.

    Attributes
    ----------
    classes_ : array of shape (n_classes,)
    coef_ : array of shape (1, n_columns), or (n_classes, n_columns) for more than two classes
    intercept_ : array of shape (1,) or (n_classes,)
    """

    def __init__(self, epsilon: float = 1.0, inverse_penalty: float = 1.0) -> None:
        self.epsilon = epsilon
        self.inverse_penalty = inverse_penalty

    def fit(self, X: Any, y: Any) -> PrivateLogisticRegression:
        """Train, and add what was spent to `SPENT`.

        Parameters
        ----------
        X : array-like of shape (n_rows, n_columns)
            Rows of length at most 1; longer ones are shortened.
        y : array-like of shape (n_rows,)
            Labels. There are no row weights: one of them would multiply what its row can change.

        Raises
        ------
        ValueError
            If the solver does not reach the minimum, which the guarantee is about.
        """
        rows = np.asarray(X, dtype=float)
        rows = np.column_stack([rows, np.ones(len(rows))]) / np.sqrt(2)
        accountant = BudgetAccountant()
        noisy = LogisticRegression(
            epsilon=self.epsilon,
            data_norm=1.0,
            C=self.inverse_penalty,
            fit_intercept=False,
            tol=1e-10,
            max_iter=_ITERATIONS,
            accountant=accountant,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)
            try:
                noisy.fit(rows, np.asarray(y))
            except ConvergenceWarning as unfinished:
                raise ValueError(f"no minimum was found in {_ITERATIONS} steps, so epsilon is not kept") from unfinished
        SPENT.extend(accountant.spent_budget)
        self.classes_ = noisy.classes_
        self.coef_ = noisy.coef_[:, :-1] / np.sqrt(2)
        self.intercept_ = noisy.coef_[:, -1] / np.sqrt(2)
        self.n_features_in_ = self.coef_.shape[1]
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Log odds, of shape (n_rows,) for two classes and (n_rows, n_classes) for more."""
        check_is_fitted(self)
        scores = np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_
        return scores[:, 0] if len(self.classes_) == 2 else scores

    def predict(self, X: Any) -> np.ndarray:
        """The most probable class of each row."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probabilities, of shape (n_rows, n_classes); those of several regressions are divided by their sum."""
        chances = expit(self.decision_function(X))
        if len(self.classes_) == 2:
            return np.column_stack([1 - chances, chances])
        return chances / chances.sum(axis=1, keepdims=True)


def estimator(epsilon: float = 1.0, inverse_penalty: float = 1.0) -> PrivateLogisticRegression:
    """Logistic regression under differential privacy, not yet trained.

    Parameters
    ----------
    epsilon : float
        Budget of one training.
    inverse_penalty : float
        The smaller, the closer the coefficients are kept to zero.
    """
    return PrivateLogisticRegression(epsilon, inverse_penalty)


def record_budget(
    run: Mapping[str, Any],
    train_rows: pd.DataFrame,
    person: str | None,
    records_folder: Path,
    budget: float = 10.0,
) -> dict[str, Any]:
    """Write what the trainings of this run spent to the ledger, and hold the sum of all runs against the budget.

    Parameters
    ----------
    run : mapping
        Facts of the run: ``finished``, ``data`` and ``model`` with hashes.
    train_rows : DataFrame
        What the model was trained on.
    person : str or None
        Column that says whose row it is; None if each row is somebody else's.
    records_folder : Path
        Gets ``privacy_budget.jsonl``, a line for each run.
    budget : float
        Largest sum of epsilon over all trainings on record, for one person.

    Returns
    -------
    dict
        Evidence. Sums are those of sequential composition, and a person with several rows counts as often, so both are
        upper bounds. Every run counts as if it were about the same people.

    Raises
    ------
    ValueError
        If a line of the ledger cannot be read.
    """
    path = records_folder / "privacy_budget.jsonl"
    before = earlier_runs(path)
    trainings = [list(spent) for spent in SPENT]
    SPENT.clear()
    most = int(train_rows[person].value_counts().max()) if person else 1
    line = {
        "finished": run["finished"],
        "data": run["data"]["sha256"],
        "model": run["model"]["sha256"],
        "trainings": trainings,
        "rows_of_one_person": most,
    }
    records_folder.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(line) + "\n")
    (epsilon, delta), (spent, spent_delta) = total([line]), total([*before, line])
    times = "training" if len(trainings) == 1 else "trainings"
    rows = f" on a person with {most} rows" if most > 1 else ""
    because = (
        f"{len(trainings)} {times} spent an epsilon of {epsilon:g}{rows}, which makes {spent:g} with {len(before)} "
        f"earlier runs, of a budget of {budget:g}"
        if trainings
        else "nothing was spent, so the model was not trained with noise"
    )
    return {
        "measured": {
            "trainings": len(trainings),
            "epsilon": epsilon,
            "delta": delta,
            "rows_of_one_person": most,
            "runs_on_record": len(before) + 1,
            "epsilon_on_record": spent,
            "delta_on_record": spent_delta,
            "remaining": round(max(budget - spent, 0.0), 9),
            "neighbours": "tables of the same length that differ in one row",
            "covered": COVERED,
            "not_covered": list(NOT_COVERED),
        },
        "threshold": {"epsilon_on_record": budget},
        "holds": bool(trainings) and spent <= budget,
        "because": because,
    }


def total(lines: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Epsilon and delta that the trainings of runs spent on the person with the most rows in each."""
    spent = [tuple(one) for line in lines for one in line["trainings"] * line["rows_of_one_person"]]
    epsilon, delta = BudgetAccountant(spent_budget=spent).total()
    return round(float(epsilon), 9), round(float(delta), 9)


def earlier_runs(path: Path) -> list[dict[str, Any]]:
    """Lines of the ledger; none before the first run."""
    if not path.exists():
        return []
    runs = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            runs.append(json.loads(text))
            total(runs[-1:])
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as fault:
            raise ValueError(f"{path.name}, line {number}: no record of a run, so no sum can be told") from fault
    return runs
