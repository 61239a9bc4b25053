"""How good predicted classes are, with bootstrap intervals.

Drawing rows with replacement and counting labels and predictions is one multinomial draw of their table of counts, so
the counts are drawn instead of the rows (Efron 1979, Bootstrap methods, doi 10.1214/aos/1176344552). The area under the
ROC curve depends on the order of all rows and is given without an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, log_loss, roc_auc_score

#: Losses of single rows drawn at a time, so that a draw of a large table stays in memory.
_AT_ONCE = 20_000_000


def measure(
    model: Any, X: pd.DataFrame, y: pd.Series, seed: int, draws: int = 1000, confidence: float = 0.95
) -> dict[str, Any]:
    """Accuracy, balanced accuracy, macro F1, log loss and area under the ROC curve.

    Parameters
    ----------
    model : classifier
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Rows it was not trained on.
    y : Series of shape (n_rows,)
        Codes of their classes.
    seed : int
        Of the bootstrap.
    draws : int
        Bootstrap draws; fewer for the log loss of more than 20,000 rows.
    confidence : float
        Probability mass of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Figures by name, ``rows``, and ``intervals``: lower and upper end by name. Figures that need probabilities are
        None for a model that has none; with more than two classes the area is the mean over each class against the
        rest.
    """
    labels, predictions = np.asarray(y), np.asarray(model.predict(X))
    figures: dict[str, float | None] = {
        "accuracy": accuracy_score(labels, predictions),
        "balanced_accuracy": balanced_accuracy_score(labels, predictions),
        "f1_macro": f1_score(labels, predictions, average="macro", zero_division=0),
        "log_loss": None,
        "roc_auc": None,
    }
    source = np.random.default_rng(seed)
    classes, codes = np.unique(np.concatenate([labels, predictions]), return_inverse=True)
    counts = np.zeros((len(classes), len(classes)), dtype=int)
    np.add.at(counts, (codes[: len(labels)], codes[len(labels) :]), 1)
    drawn = source.multinomial(len(labels), (counts / len(labels)).ravel(), size=draws).reshape(draws, *counts.shape)
    spread = rates_of(drawn)
    if hasattr(model, "predict_proba"):
        probabilities = np.asarray(model.predict_proba(X), dtype=float)
        known = list(model.classes_)
        figures["log_loss"] = log_loss(labels, probabilities, labels=known)
        figures["roc_auc"] = _area(labels, probabilities, known)
        spread["log_loss"] = _drawn_means(_losses(labels, probabilities, known), source, draws)
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]
    return {
        **{name: None if value is None else round(float(value), 6) for name, value in figures.items()},
        "intervals": {
            name: [round(float(end), 6) for end in np.quantile(sample, ends)] for name, sample in spread.items()
        },
        "rows": len(labels),
    }


def rates_of(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Accuracy, balanced accuracy and macro F1 of tables of counts.

    Parameters
    ----------
    counts : array of shape (n_tables, n_classes, n_classes)
        Rows by label, then by prediction.

    Returns
    -------
    dict of str to array of shape (n_tables,)
        A class that does not occur in a table counts for none of its means.
    """
    right = np.diagonal(counts, axis1=1, axis2=2)
    labelled, predicted = counts.sum(axis=2), counts.sum(axis=1)
    recall = np.divide(right, labelled, out=np.full(right.shape, np.nan), where=labelled > 0)
    both = labelled + predicted
    f1 = np.divide(2 * right, both, out=np.full(right.shape, np.nan), where=both > 0)
    return {
        "accuracy": right.sum(axis=1) / counts.sum(axis=(1, 2)),
        "balanced_accuracy": np.nanmean(recall, axis=1),
        "f1_macro": np.nanmean(f1, axis=1),
    }


def quality(y: pd.Series, predictions: np.ndarray) -> float:
    """Balanced accuracy: the share of right answers, averaged over the classes."""
    return float(balanced_accuracy_score(y, predictions))


def outcome(model: Any, X: pd.DataFrame, favourable: Sequence[int]) -> pd.Series:
    """Probability of a favourable outcome for each row; the decision, 0 or 1, of a model without probabilities."""
    if hasattr(model, "predict_proba"):
        wanted = np.isin(model.classes_, favourable)
        shares = np.asarray(model.predict_proba(X), dtype=float)[:, wanted].sum(axis=1)
        return pd.Series(shares, index=X.index, name="probability of the favourable outcome")
    decisions = np.isin(np.asarray(model.predict(X)), favourable).astype(float)
    return pd.Series(decisions, index=X.index, name="decision")


def _area(labels: np.ndarray, probabilities: np.ndarray, classes: Sequence[Any]) -> float | None:
    if len(classes) < 2 or set(np.unique(labels)) != set(classes):
        return None
    if len(classes) == 2:
        return float(roc_auc_score(labels, probabilities[:, 1]))
    return float(roc_auc_score(labels, probabilities, multi_class="ovr", labels=classes))


def _losses(labels: np.ndarray, probabilities: np.ndarray, classes: Sequence[Any]) -> np.ndarray:
    """Minus the logarithm of the probability that each row's class was given."""
    columns = np.searchsorted(classes, labels)
    given = probabilities[np.arange(len(labels)), columns] / probabilities.sum(axis=1)
    losses: np.ndarray = -np.log(np.clip(given, np.finfo(float).eps, 1))
    return losses


def _drawn_means(values: np.ndarray, source: np.random.Generator, draws: int) -> np.ndarray:
    """Means of rows drawn with replacement."""
    enough = max(100, min(draws, _AT_ONCE // len(values)))
    return np.array([values[source.integers(0, len(values), len(values))].mean() for _ in range(enough)])
