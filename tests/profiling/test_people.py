from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.profiling import Fact, Profile, profile
from fatesline.profiling.facts import FactKind
from fatesline.profiling.words import said

Written = Callable[..., Path]

ROWS = 600
drawn = random.Random(29)
COIN = [drawn.choice(["yes", "no"]) for _ in range(ROWS)]
AGE = [drawn.randrange(18, 60) for _ in range(ROWS)]
SEX = [drawn.choice("fm") for _ in range(ROWS)]


def _facts(measured: Profile, kind: FactKind) -> list[Fact]:
    return [fact for fact in measured.facts if fact.kind == kind]


def test_the_smallest_class_and_the_unique_rows_are_counted(written: Written) -> None:
    measured = profile(written({"age": AGE, "sex": SEX, "x": [*range(ROWS)], "y": COIN}), "y")

    sizes = Counter(zip(SEX, AGE, strict=True)).values()
    (fact,) = _facts(measured, "singled-out-records")
    assert set(fact.columns) == {"age", "sex"}
    assert fact.figure == min(sizes)
    assert dict(fact.more)["unique"] == sum(size == 1 for size in sizes)
    assert dict(fact.more)["share"] == pytest.approx(sum(size for size in sizes if size < 5) / ROWS, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "rows_each", "persons"),
    [("patient_id", 4, True), ("KundenNr", 4, False), ("customer_id", 150, False), ("product_id", 4, False)],
)
def test_a_number_of_persons_that_repeats_names_persons(
    written: Written, name: str, rows_each: int, persons: bool
) -> None:
    cells = [f"p{row // rows_each}" for row in range(ROWS)]

    measured = profile(written({name: cells, "x": AGE, "y": COIN}), "y")

    assert (measured.person == name) == persons


MADE = {
    "e-mail": [f"jo.{row}@mail.example.org" for row in range(ROWS)],
    "téléphone": [f"06 12 {row % 100:02d} {row // 100:02d} 77" for row in range(ROWS)],
    "prénom": [f"Zoé{row % 90}" for row in range(ROWS)],
    "Geburtsdatum": [f"19{50 + row % 40}-03-{1 + row % 28:02d}" for row in range(ROWS)],
    "remark": [f"Mrs Miller of 12 Elm Road number {row} asked for a delay" for row in range(ROWS)],
    "case_key": [f"K-{row * 7919:08d}" for row in range(ROWS)],
}


def test_no_raw_value_of_a_person_is_in_any_fact_or_sentence(written: Written) -> None:
    measured = profile(written({**MADE, "sex": SEX, "age": AGE, "y": COIN}), "y")

    spoken = "\n".join(said(fact, language) for fact in measured.facts for language in ("en", "fr"))
    for cells in MADE.values():
        for cell in cells[:50]:
            assert cell not in spoken
            assert cell not in repr(measured)
    assert {name for name in MADE if measured.column(name).reason == "personal"} == {
        "e-mail", "téléphone", "prénom", "Geburtsdatum",
    }  # fmt: skip
