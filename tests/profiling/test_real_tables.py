"""Profiles of well-known tables: what their descriptions warn of must be found, and nothing else claimed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from fatesline.profiling import Fact, Profile, profile

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not here")

TARGETS = {
    "adult.csv.gz": "income",
    "adult_train_raw.csv.gz": "income",
    "compas_two_years_nopii.csv.gz": "two_year_recid",
    "german_credit.csv": "credit_risk",
    "bank_marketing.csv.gz": "y",
    "law_school.csv.gz": "pass_bar",
    "arrests.csv": "released",
}


@lru_cache
def _profile(file: str) -> Profile:
    return profile(DATA / file, TARGETS[file])


def _facts(file: str, kind: str) -> list[Fact]:
    return [fact for fact in _profile(file).facts if fact.kind == kind and fact.holds]


@pytest.mark.parametrize(
    ("file", "favourable"),
    [
        ("adult.csv.gz", ">50K"),
        ("adult_train_raw.csv.gz", " >50K"),
        ("compas_two_years_nopii.csv.gz", "0"),
        ("german_credit.csv", "1"),
        ("bank_marketing.csv.gz", "yes"),
        ("law_school.csv.gz", "1.0"),
        ("arrests.csv", "Yes"),
    ],
)
def test_the_favourable_label_is_proposed(file: str, favourable: str) -> None:
    assert _profile(file).favourable == favourable


@pytest.mark.parametrize(
    ("file", "candidates"),
    [
        ("adult.csv.gz", {"age", "sex", "race", "native-country", "marital-status"}),
        ("compas_two_years_nopii.csv.gz", {"sex", "race", "age", "age_cat"}),
        ("german_credit.csv", {"personal_status_sex", "age", "foreign_worker"}),
        ("bank_marketing.csv.gz", {"age", "marital"}),
        ("law_school.csv.gz", {"male", "race"}),
        ("arrests.csv", {"colour", "sex", "age", "citizen"}),
    ],
)
def test_protected_columns_are_found(file: str, candidates: set[str]) -> None:
    measured = _profile(file)

    assert set(measured.candidates) == candidates
    assert 1 <= len(measured.protected) <= 2
    assert {one.column for one in measured.protected} <= candidates


@pytest.mark.parametrize(
    ("file", "markers"),
    [
        ("adult.csv.gz", ("?",)),
        ("adult_train_raw.csv.gz", (" ?",)),
        ("compas_two_years_nopii.csv.gz", ("",)),
        ("german_credit.csv", ()),
        ("bank_marketing.csv.gz", ("unknown",)),
        ("law_school.csv.gz", ()),
        ("arrests.csv", ()),
    ],
)
def test_missing_markers_are_measured(file: str, markers: tuple[str, ...]) -> None:
    assert _profile(file).missing == markers


def test_missing_cells_are_as_many_as_described() -> None:
    assert {column.name: column.missing for column in _profile("adult.csv.gz").columns if column.missing} == {
        "occupation": 2809,
        "workclass": 2799,
        "native-country": 857,
    }


@pytest.mark.parametrize(
    ("file", "repeated"),
    [("adult.csv.gz", 52), ("adult_train_raw.csv.gz", 24), ("arrests.csv", 2347), ("law_school.csv.gz", 2),
     ("german_credit.csv", None)],
)  # fmt: skip
def test_repeated_rows_are_as_many_as_described(file: str, repeated: int | None) -> None:
    assert [fact.figure for fact in _facts(file, "duplicate-rows")] == ([repeated] if repeated else [])


@pytest.mark.parametrize(
    ("file", "share"),
    [("arrests.csv", 0.171), ("law_school.csv.gz", 0.110), ("bank_marketing.csv.gz", 0.117), ("adult.csv.gz", None),
     ("german_credit.csv", None), ("compas_two_years_nopii.csv.gz", None)],
)  # fmt: skip
def test_imbalance_is_told_where_there_is_some(file: str, share: float | None) -> None:
    assert [round(fact.figure, 3) for fact in _facts(file, "class-imbalance")] == ([share] if share else [])


def test_columns_filled_after_the_outcome_are_left_out_of_compas_and_no_other_table_loses_any() -> None:
    leaks = {column.name for column in _profile("compas_two_years_nopii.csv.gz").columns if column.reason == "leak"}

    assert leaks == {
        "is_recid", "r_charge_degree", "r_days_from_arrest", "r_offense_date", "r_charge_desc", "r_jail_in",
        "r_jail_out", "is_violent_recid", "vr_charge_degree", "vr_offense_date", "vr_charge_desc", "end", "event",
    }  # fmt: skip
    for file in TARGETS.keys() - {"compas_two_years_nopii.csv.gz"}:
        assert [column.name for column in _profile(file).columns if column.use == "dropped"] == []


def test_columns_known_too_late_are_pointed_out() -> None:
    assert [fact.columns for fact in _facts("bank_marketing.csv.gz", "single-strong-column")] == [("duration",)]
    assert {fact.columns[0] for fact in _facts("law_school.csv.gz", "single-strong-column")} == {"zgpa", "decile3"}


def test_the_stand_in_for_sex_in_adult_is_found() -> None:
    assert [fact.columns for fact in _facts("adult.csv.gz", "proxy-column")] == [("relationship", "sex")]


def test_minus_one_days_are_pointed_out_and_not_taken_for_missing_beside_balances() -> None:
    (fact,) = _facts("bank_marketing.csv.gz", "sentinel-number")

    assert fact.columns == ("pdays",)
    assert dict(fact.more)["taken"] == 0


def test_ids_and_constants_of_compas_are_left_out() -> None:
    reasons = {column.name: column.reason for column in _profile("compas_two_years_nopii.csv.gz").columns}

    assert reasons["id"] == "identifier"
    assert reasons["type_of_assessment"] == reasons["v_type_of_assessment"] == "constant"
    assert reasons["violent_recid"] == "empty"


def test_the_rates_of_arrests_have_their_direction() -> None:
    black, white = _profile("arrests.csv").rates["origin"]

    assert (black.group, black.count, white.group, white.count) == ("Black", 1288, "White", 3938)
    assert black.low < black.value < black.high < white.low < white.value < white.high
