from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.catalog.answers import DataSettings
from fatesline.profiling import Fact, Profile, profile
from fatesline.profiling.names import names_category, names_split, names_survey_weight
from fatesline.profiling.proposals import data_section

Written = Callable[..., Path]

ROWS = 1000
drawn = random.Random(5)
COIN = [drawn.choice(["yes", "no"]) for _ in range(ROWS)]
NOISE = [drawn.random() for _ in range(ROWS)]


def _measured(written: Written, name: str, cells: list[object]) -> Profile:
    return profile(written({"x": NOISE, name: cells, "y": COIN}), "y")


def _facts(measured: Profile, kind: str) -> list[Fact]:
    return [fact for fact in measured.facts if fact.kind == kind and fact.holds]


@pytest.mark.parametrize(("empty", "sparse"), [(490, False), (500, True), (990, True)])
def test_a_column_is_sparse_from_half_its_cells_empty(written: Written, empty: int, sparse: bool) -> None:
    measured = _measured(written, "note", ["" if row < empty else "ab"[row % 2] for row in range(ROWS)])

    assert [fact.figure for fact in _facts(measured, "sparse-column")] == ([empty / ROWS] if sparse else [])


def test_categories_with_few_rows_are_counted_and_numbers_are_not(written: Written) -> None:
    categories = _measured(
        written, "job", ["rare" if row < 9 else "few" if row < 19 else "many" for row in range(ROWS)]
    )
    numbers = _measured(written, "size", [0 if row < 9 else row % 7 for row in range(ROWS)])
    codes = _measured(written, "education", [9 if row < 9 else 1 + row % 4 for row in range(ROWS)])

    assert [(fact.columns, fact.figure) for fact in _facts(categories, "rare-values")] == [(("job",), 1)]
    assert _facts(numbers, "rare-values") == []
    assert [fact.columns for fact in _facts(codes, "rare-values")] == [("education",)]


def test_whole_numbers_under_the_name_of_a_category_are_taken_for_codes(written: Written) -> None:
    codes = _measured(written, "occupation", [drawn.randrange(300) for _ in range(ROWS)])
    fractions = _measured(written, "occupation", [drawn.random() for _ in range(ROWS)])
    amounts = _measured(written, "occupation_years", [drawn.randrange(300) for _ in range(ROWS)])

    assert [fact.columns for fact in _facts(codes, "number-codes")] == [("occupation",)]
    assert [fact.standing for fact in _facts(codes, "number-codes")] == ["suggested"]
    assert _facts(fractions, "number-codes") == _facts(amounts, "number-codes") == []


def test_folds_and_survey_weights_are_known_by_name(written: Written) -> None:
    folds = _measured(written, "fold", [row % 5 for row in range(ROWS)])
    weights = _measured(written, "fnlwgt", [drawn.randrange(10_000) for _ in range(ROWS)])
    bodies = _measured(written, "weight", [drawn.randrange(50, 120) for _ in range(ROWS)])

    assert folds.column("fold").reason == "split"
    assert [fact.columns for fact in _facts(weights, "survey-weight")] == [("fnlwgt",)]
    assert _facts(bodies, "survey-weight") == []


@pytest.mark.parametrize("name", ["zip_code", "PLZ", "codePostal", "county", "OCCP", "birthplace"])
def test_places_and_occupations_are_categories(name: str) -> None:
    assert names_category(name)


@pytest.mark.parametrize("name", ["n", "income_per_county", "PctOccupation", "duration", "age"])
def test_what_is_counted_is_no_category(name: str) -> None:
    assert not names_category(name)


def test_a_manifold_is_no_fold() -> None:
    assert names_split("cv_fold")
    assert not names_split("manifold")
    assert not names_survey_weight("birth_weight")


def test_blanks_around_values_are_counted_and_do_not_make_text_of_numbers(written: Written) -> None:
    path = written({"x": NOISE, "n": [f" {row % 77}" for row in range(ROWS)], "y": [f"{one} " for one in COIN]})

    measured = profile(path, "y")

    assert [fact.columns for fact in _facts(measured, "stray-blanks")] == [("n", "y")]
    assert measured.column("n").use == "numeric"
    assert measured.favourable == "yes "


@pytest.mark.parametrize(("most", "use"), [("1e308", "numeric"), ("1e400", "categorical")])
def test_digits_that_are_too_many_for_a_number_are_text(written: Written, most: str, use: str) -> None:
    cells = [most if row % 7 == 0 else row % 50 for row in range(ROWS)]
    measured = profile(written({"n": cells, "y": COIN}), "y")

    assert measured.column("n").use == use
    assert all(high < math.inf for _, high in data_section(measured, DataSettings()).ranges.values())
    assert profile(written({"x": NOISE, "y": cells}), "y").task == ("numeric" if use == "numeric" else None)


def test_fractions_are_nobodys_telephone(written: Written) -> None:
    fractions = _measured(written, "phone", [drawn.random() for _ in range(ROWS)])
    numbers = _measured(written, "phone", [drawn.randrange(10**9) for _ in range(ROWS)])

    assert fractions.column("phone").reason == ""
    assert numbers.column("phone").reason == "personal"


@pytest.mark.parametrize("long", [True, False])
def test_texts_that_hardly_repeat_are_no_categories_even_if_they_are_few(written: Written, long: bool) -> None:
    said = "would like to pay the rest of the debt in spring" if long else "Miller"
    cells = [f"{said} {max(row, 5)}" for row in range(90)]
    path = written({"x": NOISE[:90], "remark": cells, "y": COIN[:90]})

    measured = profile(path, "y")

    assert measured.column("remark").reason == ("text" if long else "many values")
    assert "Miller" not in repr(measured)
    assert "spring" not in repr(measured)


def test_values_with_two_rows_each_are_categories(written: Written) -> None:
    path = written({"x": NOISE[:90], "job": [f"job {row // 2}" for row in range(90)], "y": COIN[:90]})

    assert profile(path, "y").column("job").use == "categorical"
