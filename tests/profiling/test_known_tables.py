"""What profiles of well-known tables propose, held against what the descriptions of the tables state."""

from __future__ import annotations

import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parents[2]
DATA = HERE.parent / "shared" / "data"
#: 665,800 rows: measured by the benchmark only.
TOO_LARGE = "acs_income.csv.gz"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not here")


@lru_cache
def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("known_tables", HERE / "benchmarks" / "profiling" / "known_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["known_tables"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results() -> list[object]:
    tables = [known for known in _benchmark().TABLES if known.file != TOO_LARGE]
    return list(_benchmark().judged(DATA, tables=tables))


def test_at_least_nine_of_ten_truths_are_proposed(results: list[object]) -> None:
    counts = _benchmark().summary(results)

    assert counts.total() > 300
    assert counts["right"] >= 0.9 * counts.total()


def test_nothing_is_claimed_wrongly_with_confidence(results: list[object]) -> None:
    wrong = [
        (result.known.file, result.truth.states)  # type: ignore[attr-defined]
        for result in results
        if result.verdict == "confidently wrong"  # type: ignore[attr-defined]
    ]

    assert wrong == []
