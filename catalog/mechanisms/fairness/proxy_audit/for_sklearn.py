"""How well other columns tell the protected group, each alone and all together.

Leaving a protected attribute out removes nothing that other columns say of it (Feldman et al. 2015, Certifying and
removing disparate impact, section 4: what matters is how well the group can be predicted). Each column is asked on rows
that its answer was not learnt from; 0.5 is chance. Rows are drawn with replacement for the intervals (Efron 1979); as
an answer takes few values, the counts of these are drawn instead, which is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import BaggingClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import OrdinalEncoder
from sklearn.tree import DecisionTreeClassifier

#: Into as many parts a numeric column is cut, at quantiles; gaps are a part of their own.
_PARTS = 20

#: Distinct values that an answer of all columns is rounded to before rows are drawn.
_STEPS = 200


def measure(
    X_train: pd.DataFrame,
    train_groups: pd.DataFrame,
    numeric: Sequence[str],
    categorical: Sequence[str],
    protected: Sequence[str],
    seed: int,
    kept: Sequence[str] = (),
    largest_area: float = 0.7,
    folds: int = 5,
    minimum_count: int = 50,
    draws: int = 1000,
) -> dict[str, Any]:
    """Area under the ROC curve at which each column tells each group from all others.

    Parameters
    ----------
    X_train : DataFrame of shape (n_rows, n_columns)
    train_groups : DataFrame of shape (n_rows, n_attributes)
        One text column for each protected attribute.
    numeric, categorical : sequence of str
        Columns of ``X_train``.
    protected : sequence of str
        Columns that hold the protected attributes themselves; they are not asked.
    seed : int
        Of folds, trees and bootstrap.
    kept : sequence of str
        Columns that were reviewed and stay for a recorded reason: measured, and no fault.
    largest_area : float
        Limit for a single column, from 0.5.
    folds : int
        Parts of the rows; each is answered by what the others say.
    minimum_count : int
        Groups with fewer rows, or fewer rows outside, are not measured.
    draws : int
        Bootstrap draws.

    Returns
    -------
    dict
        Evidence: by attribute, the columns with the group that each tells best, strongest first, and the same of all
        columns together. ``holds`` is False if the whole 95 % interval of a column not kept lies above the limit, None
        if an interval holds the limit or no group has enough rows.
    """
    columns = [column for column in (*numeric, *categorical) if column not in set(protected)]
    threshold = {"area": largest_area}
    table = X_train[columns]
    coded = {column: _coded(table[column], column in set(numeric)) for column in columns}
    together = pd.DataFrame(
        {
            column: table[column].astype(float).to_numpy() if column in set(numeric) else coded[column]
            for column in columns
        }
    )
    attributes: dict[str, dict[str, Any]] = {}
    beyond, unclear, untold = [], [], []
    for attribute in train_groups.columns:
        members = train_groups[attribute].astype(str).to_numpy()
        names, counts = np.unique(members, return_counts=True)
        told = [name for name, count in zip(names, counts, strict=True) if minimum_count <= count]
        told = [name for name in told if len(members) - np.sum(members == name) >= minimum_count]
        if not told or not columns:
            untold.append(str(attribute))
            continue
        found: dict[str, dict[str, Any]] = {}
        for column in [*columns, ""]:
            areas = []
            for name in told:
                inside = (members == name).astype(int)
                parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
                answers = (
                    _rates(coded[column], inside, parts) if column else _all_together(together, inside, parts, seed)
                )
                areas.append({"group": str(name)} | _area(answers, inside, draws, seed))
            found[column] = max(areas, key=lambda area: area["value"])
        of_all = found.pop("")
        ranked = dict(sorted(found.items(), key=lambda pair: -pair[1]["value"]))
        attributes[str(attribute)] = {"columns": ranked, "all_columns": of_all}
        for column, area in ranked.items():
            if column in set(kept) or area["high"] <= largest_area:
                continue
            place = beyond if area["low"] > largest_area else unclear
            place.append(f"{column} tells {area['group']} ({attribute}) at {_worded(area)}")
    sentences = []
    if beyond:
        sentences.append(f"above {largest_area:g}, chance being 0.5: {'; '.join(beyond)}")
    if unclear:
        sentences.append(f"not clearly above or below {largest_area:g}: {'; '.join(unclear)}")
    if attributes and not sentences:
        by = ", ".join(f"{name} {_worded(found['all_columns'])}" for name, found in attributes.items())
        sentences.append(f"no column alone tells a group at more than {largest_area:g}; all together: {by}")
    if untold:
        sentences.append(
            f"no group has {minimum_count} rows within and without, or no column is left, for: {', '.join(untold)}"
        )
    return {
        "measured": {"rows": len(X_train), "attributes": attributes, "kept": list(kept)},
        "threshold": threshold,
        "holds": False if beyond else None if unclear or untold or not attributes else True,
        "because": "; ".join(sentences),
    }


def _worded(area: dict[str, Any]) -> str:
    return f"{area['value']:.3f} [{area['low']:.3f}, {area['high']:.3f}]"


def _coded(values: pd.Series, is_numeric: bool) -> np.ndarray:
    """A whole number for each row: the part of the range or the level that it is in."""
    if is_numeric:
        parts = pd.qcut(values.astype(float), _PARTS, labels=False, duplicates="drop")
        return parts.fillna(-1).astype(int).to_numpy() + 1
    texts = values.astype(object).where(values.notna(), None).map(lambda value: "" if value is None else f"={value}")
    return OrdinalEncoder().fit_transform(texts.to_frame()).astype(int).ravel()


def _rates(codes: np.ndarray, inside: np.ndarray, parts: StratifiedKFold) -> np.ndarray:
    """Share of the group among other rows of the same code, drawn towards the share of all by one row."""
    answers = np.empty(len(codes))
    for learnt, asked in parts.split(codes, inside):
        among = np.bincount(codes[learnt], weights=inside[learnt], minlength=codes.max() + 1)
        rows = np.bincount(codes[learnt], minlength=codes.max() + 1)
        answers[asked] = ((among + inside[learnt].mean()) / (rows + 1))[codes[asked]]
    return answers


def _all_together(table: pd.DataFrame, inside: np.ndarray, parts: StratifiedKFold, seed: int) -> np.ndarray:
    trees = BaggingClassifier(DecisionTreeClassifier(min_samples_leaf=10), n_estimators=30, random_state=seed)
    answers = cross_val_predict(trees, table, inside, cv=parts, method="predict_proba")[:, 1]
    return np.asarray(np.round(answers * _STEPS) / _STEPS)


def _area(answers: np.ndarray, inside: np.ndarray, draws: int, seed: int) -> dict[str, float]:
    """Area under the ROC curve with its 95 % interval."""
    _, places = np.unique(answers, return_inverse=True)
    counts = np.zeros((2, places.max() + 1))
    np.add.at(counts, (inside, places), 1)
    drawn = np.random.default_rng(seed).multinomial(len(inside), (counts / len(inside)).ravel(), size=draws)
    sample = _areas(drawn.reshape(draws, *counts.shape).astype(float))
    low, high = np.quantile(sample[~np.isnan(sample)], [0.025, 0.975])
    return {"value": round(float(_areas(counts)), 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _areas(counts: np.ndarray) -> np.ndarray:
    """Share of pairs, one of the group and one not, that are in order; ties count half."""
    outside, within = counts[..., 0, :], counts[..., 1, :]
    below = np.cumsum(outside, axis=-1) - outside / 2
    pairs = outside.sum(axis=-1) * within.sum(axis=-1)
    return np.asarray(
        np.divide((within * below).sum(axis=-1), pairs, out=np.full(pairs.shape, np.nan), where=pairs > 0)
    )
