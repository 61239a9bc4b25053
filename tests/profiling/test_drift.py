from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from fatesline.profiling import Drift, drift
from fatesline.profiling.drift import index_by_chance, stability_index

Written = Callable[..., Path]
Cells = dict[str, Sequence[object]]

drawn = random.Random(31)


def _normal(rows: int, mean: float = 0) -> list[float]:
    return [round(drawn.gauss(mean, 1), 4) for _ in range(rows)]


def _drift(written: Written, before: Cells, now: Cells) -> Drift:
    return drift(written(before, "before.csv"), written(now, "now.csv"))


counts = st.lists(st.integers(1, 1000), min_size=2, max_size=12)


@given(counts, st.data())
def test_the_index_is_the_symmetric_divergence_of_the_shares(before: list[int], data: st.DataObject) -> None:
    now = data.draw(st.lists(st.integers(1, 1000), min_size=len(before), max_size=len(before)))
    p, q = [[one / sum(side) for one in side] for side in (before, now)]
    divergence = sum(a * math.log(a / b) for a, b in zip(p, q, strict=True)) + sum(
        b * math.log(b / a) for a, b in zip(p, q, strict=True)
    )

    assert stability_index(before, now) == pytest.approx(divergence, abs=1e-12)
    assert stability_index(before, now) == pytest.approx(stability_index(now, before), abs=1e-12)
    assert stability_index(before, [3 * one for one in before]) == pytest.approx(0, abs=1e-12)


@given(st.integers(2, 60), st.integers(10, 10**6), st.integers(10, 10**6))
def test_what_chance_gives_is_the_quantile_of_chi_squared(bins: int, before: int, now: int) -> None:
    expected = chi2.ppf(0.95, bins - 1) * (1 / before + 1 / now)

    assert index_by_chance(bins, before, now) == pytest.approx(expected, rel=0.03)


def test_an_empty_bin_is_no_infinite_drift() -> None:
    assert stability_index([50, 50], [100, 0]) < 5
    assert stability_index([50, 50, 0], [50, 50, 0]) == 0


def test_bins_that_do_not_match_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="same bins"):
        stability_index([1], [1, 2])
    with pytest.raises(ValueError, match="need rows"):
        stability_index([0], [1])


def test_numbers_and_categories_that_moved_are_told_and_others_are_not(written: Written) -> None:
    before: Cells = {"moved": _normal(3000), "still": _normal(3000), "job": drawn.choices("abc", [5, 3, 2], k=3000)}
    now: Cells = {"moved": _normal(3000, 0.8), "still": _normal(3000), "job": drawn.choices("abc", [2, 3, 5], k=3000)}

    found = _drift(written, before, now)

    assert found.drifted == ("moved", "job")
    assert found.indices["still"] < 0.05
    assert found.rows == (3000, 3000)


def test_few_rows_do_not_tell(written: Written) -> None:
    found = _drift(written, {"n": _normal(40), "m": _normal(40)}, {"n": _normal(40), "m": _normal(40)})

    assert found.drifted == ()
    assert {fact.standing for fact in found.facts if fact.kind == "column-drift"} == {"undecided"}


def test_columns_values_and_gaps_that_came_or_went_are_told(written: Written) -> None:
    before: Cells = {"gone": _normal(500), "job": ["a", "b"] * 250, "gaps": _normal(500), "n": _normal(500)}
    now: Cells = {
        "job": ["a", "b", "c", "d", "a"] * 100,
        "gaps": [value if row % 4 else "" for row, value in enumerate(_normal(500))],
        "n": [value if row % 10 else "n.b." for row, value in enumerate(_normal(500))],
        "came": _normal(500),
    }

    found = _drift(written, before, now)

    told = {(fact.kind, fact.columns): fact for fact in found.facts if fact.holds and fact.kind != "column-drift"}
    assert set(told) == {
        ("columns-changed", ("gone",)),
        ("columns-changed", ("came",)),
        ("new-values", ("job",)),
        ("new-values", ("n",)),
        ("missing-drift", ("gaps",)),
    }
    assert dict(told["new-values", ("job",)].more)["values"] == 2
    assert told["new-values", ("job",)].figure == 0.4
    assert told["missing-drift", ("gaps",)].figure == pytest.approx(0.25)


def test_a_table_has_not_drifted_from_itself(written: Written) -> None:
    path = written({"n": _normal(200), "job": ["a", "", "c", "?"] * 50})

    found = drift(path, path)

    assert all(index == 0 for index in found.indices.values())
    assert [fact for fact in found.facts if fact.holds] == []
