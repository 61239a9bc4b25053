from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from fatesline.errors import UserError
from fatesline.profiling import Profile, profile
from fatesline.profiling.names import is_personal, names_person, protected_attribute
from fatesline.profiling.profile import target_candidates
from fatesline.profiling.targets import favourable_label

Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Write a table of 400 rows: a coin ``y``, a number ``x``, and the columns given as functions of row and coin."""

    def write(**columns: Callable[[int, int], object]) -> Path:
        drawn = random.Random(7)
        lines = [",".join(["x", *(name.strip("_") for name in columns), "y"])]
        for row in range(400):
            coin = drawn.randrange(2)
            cells = [drawn.randrange(1000), *(made(row, coin) for made in columns.values()), "yes" if coin else "no"]
            lines.append(",".join(map(str, cells)))
        path = tmp_path / "t.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def _why_dropped(measured: Profile) -> dict[str, str]:
    return {column.name: column.reason for column in measured.columns if column.use == "dropped"}


def _kinds(measured: Profile) -> set[str]:
    return {fact.kind for fact in measured.facts if fact.holds}


drawn = random.Random(1)
NOISE = [drawn.random() for _ in range(400)]


def test_useful_columns_are_numeric_or_categorical(table: Table) -> None:
    measured = profile(table(job=lambda row, y: "abc"[row % 3], age=lambda row, y: 18 + row % 60), "y")

    assert [(column.name, column.use) for column in measured.columns] == [
        ("x", "numeric"),
        ("job", "categorical"),
        ("age", "numeric"),
    ]
    assert measured.column("job").levels == (("a", 134), ("b", 133), ("c", 133))
    assert (measured.column("age").low, measured.column("age").high) == (18, 77)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (lambda row, y: row, "identifier"),
        (lambda row, y: f"k{row * 7919:06x}", "identifier"),
        (lambda row, y: "same", "constant"),
        (lambda row, y: "", "empty"),
        (lambda row, y: f"2024-01-{1 + row % 28:02d}", "date"),
        (lambda row, y: f'"{row % 200},5"', "decimal comma"),
        (lambda row, y: f"v{row % 150}", "many values"),
        (lambda row, y: f"a long remark on case number {row % 150} by the clerk", "text"),
        (lambda row, y: f"p{row}@example.org", "personal"),
        (lambda row, y: f"+3312345{row:04d}", "personal"),
        (lambda row, y: y + 10 * (row % 3 == 0) * 0, "leak"),
        (lambda row, y: row % 9 if y else "", "leak"),
    ],
)
def test_a_column_of_no_use_is_left_out_with_its_reason(
    table: Table, made: Callable[[int, int], object], reason: str
) -> None:
    measured = profile(table(extra=made), "y")

    assert _why_dropped(measured) == {"extra": reason}


def test_nothing_of_a_column_that_looks_personal_gets_out(table: Table) -> None:
    measured = profile(
        table(mail=lambda row, y: f"p{row % 40}@example.org", last_name=lambda row, y: f"Née{row % 9}"), "y"
    )

    assert _why_dropped(measured) == {"mail": "personal", "last_name": "personal"}
    assert "example.org" not in repr(measured)
    assert "Née" not in repr(measured)


def test_a_column_named_like_an_unwelcome_outcome_is_taken_for_a_leak(tmp_path: Path) -> None:
    rows = [f"{row % 5},{int(NOISE[row] > 0.5)},{int(NOISE[row] > 0.4)}" for row in range(400)]
    path = tmp_path / "t.csv"
    path.write_text("x,is_recid,two_year_recid\n" + "\n".join(rows))

    assert _why_dropped(profile(path, "two_year_recid")) == {"is_recid": "leak"}


@pytest.mark.parametrize("marker", ["?", "NA", "n/a", "unknown", "Missing", " ?", "null"])
def test_a_word_for_missing_is_measured(table: Table, marker: str) -> None:
    measured = profile(table(job=lambda row, y: marker if row % 10 == 0 else "abc"[row % 3]), "y")

    assert measured.missing == (marker,)
    assert measured.column("job").missing == 40
    assert "missing-values" in _kinds(measured)


@pytest.mark.parametrize("word", ["None", "-", "nil"])
def test_a_word_that_may_be_a_level_is_missing_only_beside_numbers(table: Table, word: str) -> None:
    beside_words = profile(table(debtors=lambda row, y: word if row % 2 else "guarantor"), "y")
    beside_numbers = profile(table(debts=lambda row, y: word if row % 2 else row % 77), "y")

    assert beside_words.missing == ()
    assert beside_numbers.missing == (word,)


def test_a_number_at_the_edge_is_missing_unless_it_is_real_elsewhere(table: Table) -> None:
    alone = profile(table(days=lambda row, y: -1 if row % 3 else row % 90), "y")
    beside = profile(table(days=lambda row, y: -1 if row % 3 else row % 90, balance=lambda row, y: row % 41 - 20), "y")

    assert alone.missing == ("-1",)
    assert beside.missing == ()
    assert "sentinel-number" in _kinds(beside)


def test_two_letter_codes_may_hold_namibia(table: Table) -> None:
    codes = ["FR", "DE", "NA", "ES", "IT", "PT", "BE", "NL", "LU", "AT", "DK", "SE"]

    assert profile(table(country_code=lambda row, y: codes[row % 12]), "y").missing == ()


def test_repeated_rows_and_persons_are_counted(table: Table) -> None:
    measured = profile(table(customer_id=lambda row, y: row // 4, job=lambda row, y: "ab"[row % 2]), "y")

    assert measured.person == "customer_id"
    assert "customer_id" not in [column.name for column in measured.columns]
    (repeated,) = [fact for fact in measured.facts if fact.kind == "repeated-persons"]
    assert repeated.figure == 300


def test_a_difference_between_groups_is_told_with_its_direction(table: Table) -> None:
    skewed = profile(
        table(sex=lambda row, y: ("f" if NOISE[row] < 0.3 else "m") if y else ("f" if NOISE[row] < 0.7 else "m")), "y"
    )
    level = profile(table(sex=lambda row, y: "f" if NOISE[row] < 0.5 else "m"), "y")

    (fact,) = [fact for fact in skewed.facts if fact.kind == "base-rates-differ"]
    assert fact.holds
    assert dict(fact.more)["most"] == "m"
    assert dict(fact.more)["least"] == "f"
    assert "base-rates-differ" not in _kinds(level)


def test_a_column_that_tells_the_group_is_a_stand_in(table: Table) -> None:
    measured = profile(
        table(sex=lambda row, y: "fm"[row % 2], hat=lambda row, y: "cap" if row % 2 and NOISE[row] < 0.95 else "bow"),
        "y",
    )

    assert [fact.columns for fact in measured.facts if fact.kind == "proxy-column"] == [("hat", "sex")]


def test_named_protected_columns_are_taken_as_they_are(table: Table) -> None:
    path = table(colour=lambda row, y: "xy"[row % 2], town=lambda row, y: "abc"[row % 3])

    assert [one.column for one in profile(path, "y", protected=["town"]).protected] == ["town"]
    assert [one.column for one in profile(path, "y").protected] == ["colour"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"target": "yy"}, 'there is no column "yy"\n  did you mean "y"?'),
        ({"target": "y", "favourable": "yess"}, 'the target "y" has no label "yess"\n  did you mean "yes"?'),
        ({"target": "y", "protected": ["seks"]}, 'there is no column "seks"\n  Its columns: x, sex, mail, flat, y.'),
        ({"target": "y", "protected": ["y"]}, '"y" is the target; it cannot be protected as well'),
        ({"target": "y", "protected": ["mail"]}, 'the protected column "mail" has no groups'),
        ({"target": "mail", "favourable": "p1"}, 'the target "mail" has no label "p1"'),
        ({"target": "flat"}, 'the target "flat" has one value only; there is nothing to learn'),
        ({"target": None}, 'no target is named\n  Columns with two values: "y", "sex".'),
    ],
)
def test_a_wrong_name_is_one_clear_fault(table: Table, arguments: dict[str, object], said: str) -> None:
    path = table(
        sex=lambda row, y: "fm"[row % 2], mail=lambda row, y: f"p{row}@example.org", flat=lambda row, y: "same"
    )

    with pytest.raises(UserError) as caught:
        profile(path, **arguments)  # type: ignore[arg-type]

    assert said in str(caught.value)
    assert "example.org" not in str(caught.value)


def test_a_hostile_name_is_profiled_like_any_other(tmp_path: Path) -> None:
    name = '__import__("os")\n"; DROP TABLE cells; --'
    quoted = '"' + name.replace('"', '""') + '"'
    rows = [f"{row % 7},{'fm'[row % 2]},{int(NOISE[row] > 0.5)}" for row in range(400)]
    path = tmp_path / "t.csv"
    path.write_text(f"{quoted},sex,y\n" + "\n".join(rows))

    measured = profile(path, "y")

    assert measured.column(name).use == "numeric"
    with pytest.raises(UserError) as caught:
        profile(path, "z" + name)
    assert '\n"; DROP' not in str(caught.value)


def test_the_same_file_gives_the_same_profile(table: Table) -> None:
    path = table(sex=lambda row, y: "fm"[row % 2], age=lambda row, y: 18 + row % 60)

    assert profile(path, "y") == profile(path, "y")


@pytest.mark.parametrize(
    ("target", "labels", "favourable"),
    [
        ("income", ["<=50K", ">50K"], ">50K"),
        ("income", [" <=50K", " >50K"], " >50K"),
        ("two_year_recid", ["0", "1"], "0"),
        ("deny", ["no", "yes"], "no"),
        ("released", ["Yes", "No"], "Yes"),
        ("credit_risk", ["1", "2"], "1"),
        ("accordé", ["oui", "non"], "oui"),
        ("kind", ["apple", "pear"], None),
        ("kind", ["a", "b", "c"], None),
    ],
)
def test_the_favourable_label_follows_the_words(target: str, labels: list[str], favourable: str | None) -> None:
    assert favourable_label(target, labels) == favourable


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("Sexe", "sex"),
        ("Geschlecht", "sex"),
        ("personal_status_sex", "sex"),
        ("race", "origin"),
        ("native-country", "nationality"),
        ("Âge", "age"),
        ("maritalStatus", "marital status"),
        ("wage", None),
        ("message", None),
        ("grace_period", None),
    ],
)
def test_protected_columns_are_known_by_whole_words_in_several_languages(name: str, ground: str | None) -> None:
    assert protected_attribute(name) == ground


def test_names_of_things_are_not_names_of_people() -> None:
    assert is_personal("last_name")
    assert is_personal("Prénom")
    assert not is_personal("school_name")
    assert names_person("customer_id")
    assert names_person("PatientNr")
    assert not names_person("id")


def test_targets_are_proposed_by_name_and_place(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("sex,approved,n,last\nf,1,1,a\nm,0,2,b\nf,1,3,a\n")

    assert target_candidates(path) == ("approved", "last", "sex")


def test_a_target_with_many_values_shows_none_of_them(table: Table) -> None:
    measured = profile(table(mail=lambda row, y: f"p{row}@example.org"), "mail")

    assert measured.labels == ()
    assert "example.org" not in repr(measured)
