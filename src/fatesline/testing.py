"""pytest kit for catalogs: the component beside a test, and small tables to try it on.

Load it with ``pytest_plugins = ["fatesline.testing"]`` in the ``conftest.py`` at the top of the tests. A test of a
component should take nothing from here but `component`: generated projects carry the same test and have a fixture of
the same name, and no other. numpy and pandas are imported only where a table is made.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,unused-ignore]

#: Keys of a piece of evidence, and those that every piece has.
EVIDENCE_KEYS = frozenset({"measured", "threshold", "holds", "because"})
NEEDED_EVIDENCE_KEYS = frozenset({"measured", "holds", "because"})


def load_component(path: Path) -> ModuleType:
    """Import a component module by its path.

    Parameters
    ----------
    path : Path
        Such as ``catalog/mechanisms/fairness/reweighing/for_sklearn.py``.

    Returns
    -------
    ModuleType
        Under a name of its own, so that components with equal file names do not meet; registered in ``sys.modules``
        under that name, so that what it defines can be pickled.

    Raises
    ------
    ValueError
        If there is no such file.
    """
    path = path.resolve()
    if not path.is_file():
        raise ValueError(f"there is no component {path}")
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    name = f"fatesline_component_{path.parent.name}_{path.stem}_{digest}"
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ValueError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


@pytest.fixture(scope="module")
def component(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """The module ``for_sklearn.py`` beside the test."""
    module = load_component(request.path.parent / "for_sklearn.py")
    yield module
    sys.modules.pop(module.__name__, None)


def people_table(rows: int, *, seed: int = 0) -> pandas.DataFrame:
    """Invented people applying for a loan.

    Parameters
    ----------
    rows : int
        At least 40, so that every group occurs with both labels.
    seed : int

    Returns
    -------
    DataFrame of shape (rows, 7)
        ``person`` (text; every tenth row is the previous person again), ``age`` (years, 18 to 80), ``income`` (thousand
        per year, one in twelve missing), ``housing`` (text, one in fifteen missing), ``sex`` and ``race`` (text,
        protected), ``granted`` (1 for the favourable label; less often for women). The index is unique, not sorted.
    """
    import numpy as np
    import pandas as pd

    if rows < 40:
        raise ValueError("a table of people needs at least 40 rows")
    random = np.random.default_rng(seed)
    sex = np.where(np.arange(rows) % 5 < 2, "female", "male")
    race = np.where(np.arange(rows) % 7 < 2, "Black", "white")
    age = random.integers(18, 81, rows)
    income = np.round(random.gamma(6.0, 6.0, rows), 1)
    score = 0.05 * income + 0.02 * age - 0.6 * (sex == "female") + random.normal(0, 0.6, rows)
    granted = (score > np.median(score)).astype(int)
    # Both labels in every group, whatever was drawn.
    for group in {*zip(sex, race, strict=True)}:
        rows_of_group = np.flatnonzero((sex == group[0]) & (race == group[1]))
        granted[rows_of_group[:2]] = (0, 1)
    table = pd.DataFrame(
        {
            "person": [f"p{number - 1 if number % 10 == 9 else number:05d}" for number in range(rows)],
            "age": age,
            "income": np.where(np.arange(rows) % 12 == 5, np.nan, income),
            "housing": pd.Series(random.choice(["own", "rent", "free"], rows), dtype=object).mask(
                np.arange(rows) % 15 == 7
            ),
            "sex": sex.astype(object),
            "race": race.astype(object),
            "granted": granted,
        }
    )
    return table.set_index(pd.Index(random.permutation(rows) + 1000))


def evidence_faults(evidence: object) -> list[str]:
    """What is wrong with a piece of evidence; nothing when it can be written and read back.

    Parameters
    ----------
    evidence : object
        What a component's function returned for a slot that returns evidence.

    Returns
    -------
    list of str
        One sentence per fault, each naming the key.
    """
    if not isinstance(evidence, Mapping):
        return [f"evidence is a dict, not {type(evidence).__name__}"]
    faults = [f'the key "{key}" is missing' for key in sorted(NEEDED_EVIDENCE_KEYS - evidence.keys())]
    faults += [f'"{key}" is no key of evidence' for key in evidence if key not in EVIDENCE_KEYS]
    for key in ("measured", "threshold"):
        if key in evidence and not isinstance(evidence[key], Mapping):
            faults.append(f"{key} is a dict, not {type(evidence[key]).__name__}")
    if evidence.get("holds") not in (True, False, None):
        faults.append("holds is true, false or null")
    because = evidence.get("because", "x")
    if not isinstance(because, str) or not because.strip() or "\n" in because:
        faults.append("because is one sentence")
    return faults + list(_not_json(evidence, "evidence"))


def _not_json(value: Any, path: str) -> Iterator[str]:
    """Parts that JSON would refuse or change: numpy numbers, tuples, nan, keys that are no text."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            if type(key) is not str:
                yield f"{path}: the key {key!r} is no text"
            yield from _not_json(below, f"{path}.{key}")
    elif type(value) is list:
        for at, below in enumerate(value):
            yield from _not_json(below, f"{path}[{at}]")
    elif type(value) is float:
        if not math.isfinite(value):
            yield f"{path}: {value} cannot be written as JSON; use null"
        elif round(value, 6) != value:
            yield f"{path}: {json.dumps(value)} is not rounded to 6 digits"
    elif value is not None and type(value) not in (bool, int, str):
        yield f"{path}: {type(value).__name__} cannot be written as JSON and read back"
