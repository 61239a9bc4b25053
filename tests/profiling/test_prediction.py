from __future__ import annotations

import random
from pathlib import Path

import pytest
from scipy.stats import contingency
from sklearn.metrics import roc_auc_score

from fatesline.profiling.prediction import alone, association, coded
from fatesline.profiling.sources import opened
from fatesline.profiling.table import Table


@pytest.fixture(scope="module")
def rows() -> list[tuple[int, str, int]]:
    drawn = random.Random(3)
    made = []
    for _ in range(3000):
        y = drawn.randrange(2)
        made.append((drawn.randrange(10) + 3 * y, "abc"[min(2, drawn.randrange(3) + y)], y))
    return made


@pytest.fixture
def table(rows: list[tuple[int, str, int]], tmp_path: Path) -> Table:
    path = tmp_path / "t.csv"
    path.write_text("number,letter,y\n" + "\n".join(f"{number},{letter},{y}" for number, letter, y in rows))
    with opened(path) as opened_table:
        yield opened_table  # type: ignore[misc]


def test_the_area_is_that_of_the_rates_of_the_other_half(table: Table, rows: list[tuple[int, str, int]]) -> None:
    halves = [[row for at, row in enumerate(rows) if (at * 2654435761 // 65536) % 2 == half] for half in (0, 1)]
    areas = []
    for learn, judge in ((0, 1), (1, 0)):
        prior = sum(y for *_, y in halves[learn]) / len(halves[learn])
        labels = [[y for _, letter, y in halves[learn] if letter == one] for one in "abc"]
        rate = {one: (sum(ys) + prior) / (len(ys) + 1) for one, ys in zip("abc", labels, strict=True)}
        areas.append(roc_auc_score([y for *_, y in halves[judge]], [rate[letter] for _, letter, _ in halves[judge]]))

    told = alone(table, coded(table, {"letter": False}), "y", "1")["letter"]

    assert told is not None
    assert told.area == pytest.approx(sum(areas) / 2, abs=1e-12)


def test_a_column_of_noise_tells_nothing_even_with_many_values(tmp_path: Path) -> None:
    drawn = random.Random(5)
    path = tmp_path / "t.csv"
    path.write_text("noise,y\n" + "\n".join(f"v{drawn.randrange(300)},{drawn.randrange(2)}" for _ in range(2000)))

    with opened(path) as table:
        told = alone(table, coded(table, {"noise": False}), "y", "1")["noise"]

    assert told is not None
    assert told.area == pytest.approx(0.5, abs=0.05)


def test_the_association_is_cramers_v_corrected_for_chance(table: Table, rows: list[tuple[int, str, int]]) -> None:
    plain = contingency.association(
        [[sum(1 for _, a, b in rows if (a, b) == (letter, y)) for y in (0, 1)] for letter in "abc"], method="cramer"
    )
    n = len(rows)
    phi = max(0, plain**2 * 1 - (3 - 1) * (2 - 1) / (n - 1))
    expected = (phi / min(3 - 2**2 / (n - 1) - 1, 2 - 1 / (n - 1) - 1)) ** 0.5

    coded(table, {"letter": False, "y": True})
    found = association(table, ["letter"], "y")["letter"]

    assert found == pytest.approx(expected, abs=1e-12)


def test_a_single_value_is_associated_with_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,x\n1,y\n")

    with opened(path) as table:
        coded(table, {"a": False, "b": False})
        assert association(table, ["a"], "b") == {"a": None}
