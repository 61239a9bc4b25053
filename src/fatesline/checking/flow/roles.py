"""Which calls split rows, and what names say about the role of rows."""

from __future__ import annotations

import re
from functools import lru_cache

from fatesline.checking.flow.values import (
    NO_MARKS,
    Call,
    Group,
    Literal,
    Mark,
    Past,
    Thing,
    Value,
    past,
    past_of,
)

#: Functions that take arrays and give training and test rows of each, in turn.
_SPLIT_FUNCTIONS = frozenset(
    {
        "cuml.model_selection.train_test_split",
        "dask_ml.model_selection.train_test_split",
        "sklearn.cross_validation.train_test_split",
        "sklearn.model_selection.train_test_split",
    }
)

#: Functions that split the rows of their second argument, or of ``X``, by themselves.
_SPLITTING_FUNCTIONS = frozenset(
    f"sklearn.model_selection.{name}"
    for name in (
        "cross_val_predict",
        "cross_val_score",
        "cross_validate",
        "learning_curve",
        "permutation_test_score",
        "validation_curve",
    )
)

#: Estimators whose ``fit`` splits the rows it is given.
_SPLITTING_FITS = frozenset(
    f"sklearn.model_selection.{name}.fit"
    for name in ("GridSearchCV", "HalvingGridSearchCV", "HalvingRandomSearchCV", "RandomizedSearchCV")
)

_SPLITTER = re.compile(
    r"(sklearn\.(model_selection|cross_validation)\.\w*(Fold|Split|Out)|imblearn\.model_selection\.\w+)\.split\Z"
)
_DATA_SET_SPLIT = re.compile(r"aif360\.(\w+\.)*split\Z")

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TRAIN = frozenset({"tr", "train", "training", "trn", "fit"})
_TEST = frozenset({"holdout", "te", "test", "testing", "tst"})
_VALIDATION = frozenset({"calib", "calibration", "dev", "eval", "val", "valid", "validation"})
#: What is written behind them without a dash, as in "traindf".
_HELD = frozenset({"data", "df", "ds", "rows", "set"})
#: How many rows, and no rows: "test_share".
_AMOUNTS = frozenset({"frac", "fraction", "pct", "percent", "percentage", "proportion", "ratio", "share", "size"})
_TRAIN, _TEST, _VALIDATION = (
    names | {name + held for name in names for held in _HELD} for names in (_TRAIN, _TEST, _VALIDATION)
)


@lru_cache(maxsize=4096)
def role_of_name(name: str) -> str:
    """``train``, ``validation`` or ``test`` when a variable's name says so, else empty.

    Only asked for rows of unknown origin: ``X_train`` as a parameter, or unpacked from an unknown function; and for
    rows behind a split, which may be there for choosing (``X_val``) rather than for the final figure.
    """
    words = {word.lower() for word in _WORD.findall(name)}
    # "xtest" and "ytrain" are written as often as "x_test".
    words |= {word[1:] for word in words if word[0] in "xy"}
    if not words.isdisjoint(_AMOUNTS):
        return ""
    said = [
        role
        for role, names in (("train", _TRAIN), ("validation", _VALIDATION), ("test", _TEST))
        if not words.isdisjoint(names)
    ]
    return said[0] if len(said) == 1 else ""


def between(value: Value, name: str) -> Value:
    """Held-out rows under a name that does not say test: they may serve for choosing as well."""
    if type(value) is Thing and value.role == "test" and role_of_name(name) != "test":
        return Thing(value.name, "validation", value.marks, value.sources, value.own, value.call)
    return value


def is_test(value: Value | None) -> bool:
    """Whether a value is made of rows on the test side of a split."""
    return value is not None and past(value).role == "test"


def carried_on(marks: frozenset[Mark]) -> frozenset[Mark]:
    """The marks that still mean something behind a split: those that are followed to where they are used."""
    return frozenset(mark for mark in marks if mark.watched) if marks else NO_MARKS


def in_role(value: Value, role: str) -> Thing:
    """The same rows on one side of a split."""
    before = past(value)
    name = value.name if isinstance(value, Thing) else ""
    return Thing(name, role, carried_on(before.marks), before.sources)


def split_by(call: Call) -> tuple[Past, Value | None] | None:
    """What a call splits.

    Returns
    -------
    tuple or None
        The history of the rows that are split, and what the call gives (None: nothing special). None when the call
        splits nothing.
    """
    name = call.name
    if name in _SPLIT_FUNCTIONS:
        arrays = call.positional
        parts: list[Value] = [in_role(array, role) for array in arrays for role in ("train", "test")]
        return past_of(arrays), Group(parts) if parts else None
    if name in _SPLITTING_FUNCTIONS:
        given = call.argument(1, "X")
        return (past(given), None) if given is not None else None
    if not call.method:
        return None
    if name in _SPLITTING_FITS:
        return past_of(call.positional), None
    if call.method == "split":
        if _SPLITTER.match(name):
            rows = past_of((*call.positional, *call.keywords.values()))
            sides: list[Value] = [Thing("", role, NO_MARKS, rows.sources) for role in ("train", "test")]
            return rows, Group([Group(sides)])
        if _DATA_SET_SPLIT.match(name) and call.receiver is not None:
            data = Thing(
                "aif360.datasets.BinaryLabelDataset", "", past(call.receiver).marks, past(call.receiver).sources
            )
            return past(call.receiver), Group([in_role(data, role) for role in ("train", "test")])
    return None


def is_none(value: Value | None) -> bool:
    """Whether an argument is left out, or written as ``None``."""
    return value is None or (isinstance(value, Literal) and value.value is None)
