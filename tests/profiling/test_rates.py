from __future__ import annotations

import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from fatesline.catalog.project import GroupOf, Protected
from fatesline.profiling.columns import Column
from fatesline.profiling.rates import Rate, Z, difference, proposed_groups, rates, wilson
from fatesline.profiling.sources import opened


@given(st.integers(1, 5000), st.floats(0, 1))
def test_the_interval_is_wilsons(count: int, share: float) -> None:
    successes = round(count * share)

    low, high = wilson(successes, count)

    known = binomtest(successes, count).proportion_ci(0.95, method="wilson")
    assert math.isclose(low, known.low, abs_tol=1e-9)
    assert math.isclose(high, known.high, abs_tol=1e-9)


def test_the_interval_of_a_difference_is_newcombes_published_example() -> None:
    # Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10.
    first, second = Rate("a", 70, 56 / 70, *wilson(56, 70)), Rate("b", 80, 48 / 80, *wilson(48, 80))

    gap, low, high = difference(first, second)

    assert (round(gap, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)
    assert round(Z, 4) == 1.96


def test_a_difference_picked_among_several_has_a_wider_interval() -> None:
    first, second = Rate("a", 70, 56 / 70, *wilson(56, 70)), Rate("b", 80, 48 / 80, *wilson(48, 80))

    _, low, high = difference(first, second, pairs=3)

    # The interval of a single pair at 1 - 0.05 / 3.
    wide = [binomtest(successes, count).proportion_ci(1 - 0.05 / 3, method="wilson") for successes, count in
            ((56, 70), (48, 80))]  # fmt: skip
    assert math.isclose(low, 0.2 - math.hypot(0.8 - wide[0].low, wide[1].high - 0.6), abs_tol=1e-9)
    assert math.isclose(high, 0.2 + math.hypot(wide[0].high - 0.8, 0.6 - wide[1].low), abs_tol=1e-9)


def test_groups_of_an_age_are_cut_at_25_and_60() -> None:
    column = Column("age", "numeric", "", 0, 40, True, 17, 90)

    assert proposed_groups(column, "age", is_age=True).groups == {
        "under 25": GroupOf(below=25),
        "25 to under 60": GroupOf.between(25, 60),
        "60 and over": GroupOf.between(60, None),
    }


def test_rare_values_are_put_together_and_missing_ones_named() -> None:
    levels = (("White", 900), ("Black", 95), ("Other", 3), ("Inuit", 2))
    rare = proposed_groups(Column("race", "categorical", "", 0, 4, False, levels=levels), "origin", is_age=False)
    gaps = proposed_groups(Column("race", "categorical", "", 7, 2, False, levels=levels[:2]), "origin", is_age=False)

    assert (list(rare.groups), rare.other) == (["Black", "White"], "other")
    assert (list(gaps.groups), gaps.other) == (["Black", "White"], "unknown")


def test_crossed_groups_are_counted_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("sex,age,y\nf,20,1\nf,20,0\nf,70,1\nm,70,1\nm,,0\n,30,1\nf,20,\n")
    sex = Protected(attribute="sex", column="sex", groups={"w": GroupOf(values=("f",)), "m": GroupOf(values=("m",))},
                    other="?")  # fmt: skip
    old = {"young": GroupOf(below=30), "old": GroupOf.between(30, None)}
    age = Protected(attribute="age", column="age", groups=old,
                    other="?")  # fmt: skip

    with opened(path) as table:
        found = rates(table, [sex, age], "y", "1")

    assert [(rate.group, rate.count, rate.value) for rate in found] == [
        ("? & old", 1, 1.0),
        ("m & ?", 1, 0.0),
        ("m & old", 1, 1.0),
        ("w & old", 1, 1.0),
        ("w & young", 2, 0.5),
    ]
