from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.profiling import Profile, profile

Written = Callable[..., Path]

ROWS = 1000
drawn = random.Random(23)
COIN = [drawn.choice(["yes", "no"]) for _ in range(ROWS)]
NOISE = [drawn.random() for _ in range(ROWS)]
DICE = [drawn.randrange(6) for _ in range(ROWS)]


def _columns(measured: Profile, kind: str) -> list[tuple[str, ...]]:
    return [fact.columns for fact in measured.facts if fact.kind == kind and fact.holds]


def test_columns_that_determine_each_other_say_the_same(written: Written) -> None:
    measured = profile(
        written(
            {
                "education": [f"school {one}" for one in DICE],
                "years": DICE,
                "again": DICE,
                "shuffled": drawn.sample(DICE, ROWS),
                "coarser": [one // 2 for one in DICE],
                "y": COIN,
            }
        ),
        "y",
    )

    assert _columns(measured, "same-information") == [("education", "years", "again")]


@settings(deadline=None, max_examples=20)
@given(st.permutations("abcdef"))
def test_how_the_values_are_called_does_not_matter(letters: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        rows = [f"{one},{letters[one]},{y}" for one, y in zip(DICE, COIN, strict=True)]
        path.write_text("d,letter,y\n" + "\n".join(rows))

        assert _columns(profile(path, "y"), "same-information") == [("d", "letter")]


def test_two_rare_flags_set_together_need_not_mean_the_same(written: Written) -> None:
    few = ["set" if row < 10 else "not set" for row in range(ROWS)]
    many = ["set" if row % 3 else "not set" for row in range(ROWS)]

    assert _columns(profile(written({"a": few, "b": few, "y": COIN}), "y"), "same-information") == []
    assert _columns(profile(written({"a": many, "b": many, "y": COIN}), "y"), "same-information") == [("a", "b")]


def test_columns_with_gaps_in_other_rows_do_not_say_the_same(written: Written) -> None:
    one = ["" if row % 5 == 0 else die for row, die in enumerate(DICE)]
    other = ["" if row % 5 == 1 else die for row, die in enumerate(DICE)]

    measured = profile(written({"one": one, "copy": one, "other": other, "y": COIN}), "y")

    assert _columns(measured, "same-information") == [("one", "copy")]


def test_rows_in_the_order_of_time_are_seen_by_what_rises_along_them(written: Written) -> None:
    rising = [row / ROWS + value for row, value in enumerate(NOISE)]
    late = ["yes" if value < row / ROWS else "no" for row, value in enumerate(NOISE)]
    measured = profile(written({"rising": rising, "noise": NOISE, "y": late}), "y")

    assert _columns(measured, "ordered-rows") == [("rising", "y")]
    shuffled = drawn.sample(list(zip(rising, NOISE, late, strict=True)), ROWS)
    columns = dict(zip(("rising", "noise", "y"), zip(*shuffled, strict=True), strict=True))
    assert _columns(profile(written(columns), "y"), "ordered-rows") == []


@pytest.mark.parametrize(("far", "told"), [(9, False), (10, True)])
def test_outliers_are_told_from_one_in_a_hundred(written: Written, far: int, told: bool) -> None:
    cells = [10_000 + row if row < far else 100 * value for row, value in enumerate(NOISE)]

    assert _columns(profile(written({"n": cells, "y": COIN}), "y"), "outlying-values") == ([("n",)] if told else [])


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["a,1,yes", "b,2,no", "c,3,yes", "c,3,no"]), min_size=4, max_size=60))
def test_repeated_rows_are_those_beyond_the_different_ones(lines: list[str]) -> None:
    lines = [*lines, "a,1,yes", "b,2,no"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("k,n,y\n" + "\n".join(lines))

        facts = [fact.figure for fact in profile(path, "y").facts if fact.kind == "duplicate-rows"]

    repeated = len(lines) - len(set(lines))
    assert facts == ([repeated] if repeated else [])


def test_rows_in_the_order_of_a_date_are_seen(written: Written) -> None:
    days = [f"2023-{1 + row * 12 // ROWS:02d}-{1 + row % 28:02d}" for row in range(ROWS)]
    ordered = profile(written({"day": days, "x": NOISE, "y": COIN}), "y")
    shuffled = profile(written({"day": drawn.sample(days, ROWS), "x": NOISE, "y": COIN}), "y")

    assert _columns(ordered, "date-column") == _columns(shuffled, "date-column") == [("day",)]
    assert _columns(ordered, "ordered-rows") == [("day",)]
    assert _columns(shuffled, "ordered-rows") == []


def test_the_only_date_or_the_only_one_that_rows_follow_may_say_when_they_came_about(written: Written) -> None:
    days = [f"2023-{1 + row * 12 // ROWS:02d}-{1 + row % 28:02d}" for row in range(ROWS)]
    other = drawn.sample(days, ROWS)

    alone = profile(written({"day": other, "x": NOISE, "y": COIN}), "y")
    followed = profile(written({"paid": other, "day": days, "y": COIN}), "y")
    either = profile(written({"paid": other, "day": drawn.sample(days, ROWS), "y": COIN}), "y")
    numbers = profile(written({"n": list(range(ROWS)), "x": NOISE, "y": COIN}), "y")

    assert _columns(alone, "time-column") == _columns(followed, "time-column") == [("day",)]
    assert _columns(either, "time-column") == _columns(numbers, "time-column") == []
    assert {fact.standing for fact in alone.facts if fact.kind == "time-column"} == {"suggested"}
