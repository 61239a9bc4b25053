"""Groups beside the population that they should stand for: stated shares, or another table."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fatesline.errors import UserError
from fatesline.profiling import profile
from fatesline.profiling.reference import Shares

Written = Callable[..., Path]

ROWS = 800
drawn = random.Random(5)
TABLE = {
    "sex": ["Female"] * 200 + ["Male"] * 600,
    "age": [20 + row % 60 for row in range(ROWS)],
    "y": [drawn.choice(["yes", "no"]) for _ in range(ROWS)],
}


@pytest.fixture
def table(written: Written) -> Path:
    return written(TABLE)


def _shares(path: Path, reference: object, protected: tuple[str, ...] = ("sex",)) -> dict[str, tuple[float, bool]]:
    found = profile(path, "y", protected=protected, reference=reference)
    return {
        str(dict(fact.more)["group"]): (float(dict(fact.more)["expected"]), fact.holds)
        for fact in found.facts
        if fact.kind == "group-share"
    }


HALVES = {"Female": (0.5, True), "Male": (0.5, False)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.yaml", "sex: {Female: 51, Male: 51}\n"),
        ("r.json", '{"sex": {"female ": 0.5, "MALE": 0.5}}'),
        ("r.csv", "attribute,group,share\nsex,Female,50\nsex,Male,50\n"),
        ("r.csv", "column;group;share\nsex;Male;1\nsex;Female;1\n"),
    ],
)
def test_shares_are_read_from_a_file_that_states_them(tmp_path: Path, table: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)

    assert _shares(table, tmp_path / name) == HALVES
    assert _shares(table, str(tmp_path / name)) == HALVES


def test_another_table_is_counted_by_the_groups_of_this_one(written: Written, table: Path) -> None:
    census = written({"age": [70] * 30 + [30] * 90, "sex": ["Male", "Female"] * 60}, "census.csv")

    found = _shares(table, census, ("sex", "age"))

    assert {name: found[name] for name in HALVES} == HALVES
    assert {name: share for name, (share, _) in found.items() if "25" in name or "60" in name} == {
        "25 to under 60": 0.75,
        "60 and over": 0.25,
    }


def test_rows_of_groups_that_the_reference_does_not_speak_of_count_on_neither_side(written: Written) -> None:
    path = written({"sex": ["f", "m", "x", "x"] * 100, "y": ["yes", "no", "no", "yes"] * 100})

    assert _shares(path, {"sex": {"f": 1, "m": 1}}) == {"f": (0.5, False), "m": (0.5, False)}


def test_sizes_and_shares_need_no_favourable_label(written: Written) -> None:
    path = written({"sex": TABLE["sex"], "y": [row % 3 for row in range(ROWS)]})

    found = profile(path, "y", reference={"sex": {"Female": 1, "Male": 1}})

    assert found.favourable is None
    assert {fact.kind for fact in found.facts} >= {"group-share", "under-represented-group", "small-group"}


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ({"gender": {"f": 1, "m": 1}}, 'speaks of "gender", which is not among the protected attributes'),
        ({"sex": {"f": 1, "m": 1}}, 'names none of the groups of "sex"\n  The groups of the table: "Female", "Male"'),
        ({"sex": {"Female": 1}}, 'needs two groups of "sex" at least'),
        ({"sex": {"Female": 0, "Male": 0}}, 'needs two groups of "sex" at least, one with a share'),
        ({"sex": {"Female": 1, "female": 1}}, 'names a group of "sex" twice'),
    ],
)
def test_a_reference_that_does_not_fit_is_one_message(table: Path, reference: Shares, said: str) -> None:
    with pytest.raises(UserError) as caught:
        profile(table, "y", protected=("sex",), reference=reference)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"r.yaml": "sex:\n  Female: half\n  Male: -1\n"}, "r.yaml:2: sex.Female: must be a share"),
        ({"r.yaml": "- 1\n"}, "must be attributes, each with its groups and their shares"),
        ({"r.yaml": "sex: 3\n"}, "r.yaml:1: sex: must be groups and their shares"),
        ({"r.csv": "attribute,group,share\nsex,Female,many\n"}, "each row must state one share"),
        ({"r.csv": "height,weight\n1,2\n"}, "a table without any of the protected columns"),
        ({"r.csv": "sex,weight\nMale,2\nMale,3\n"}, 'rows of fewer than two groups of "sex"'),
    ],
)
def test_a_faulty_reference_file_is_one_message_with_its_place(
    tmp_path: Path, table: Path, content: Mapping[str, str], said: str
) -> None:
    ((name, text),) = content.items()
    (tmp_path / name).write_text(text)

    with pytest.raises(UserError) as caught:
        profile(table, "y", protected=("sex",), reference=tmp_path / name)

    assert said in str(caught.value)


def test_ranges_and_rests_are_named_in_the_language_of_the_project(written: Written) -> None:
    gaps = ["" if row % 50 == 0 else "f" if row % 2 else "m" for row in range(ROWS)]
    path = written({**TABLE, "sex": gaps})

    sex, age = profile(path, "y", protected=("sex", "age"), language="fr").protected

    assert sex.other == "inconnu"
    assert list(age.groups) == ["moins de 25", "25 à moins de 60", "60 et plus"]
