from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatesline.profiling import Fact, Profile, profile
from fatesline.profiling.groups import OF_REFERENCE, against_reference
from fatesline.profiling.names import attribute_of_values, protected_attribute, share_of_group
from fatesline.profiling.rates import Rate

Written = Callable[..., Path]

ROWS = 1200
drawn = random.Random(17)
COIN = [drawn.choice(["yes", "no"]) for _ in range(ROWS)]
NOISE = [drawn.random() for _ in range(ROWS)]
SEX = [drawn.choice("fm") for _ in range(ROWS)]


def _facts(measured: Profile, kind: str) -> list[Fact]:
    return [fact for fact in measured.facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("geslacht", "sex"),
        ("sexo", "sex"),
        ("Geschlecht", "sex"),
        ("gênero", "sex"),
        ("etnia", "origin"),
        ("herkomst", None),
        ("afkomst", "origin"),
        ("leeftijd", "age"),
        ("idade", "age"),
        ("età", "age"),
        ("nacionalidade", "nationality"),
        ("cittadinanza", "nationality"),
        ("Staatsangehörigkeit", "nationality"),
        ("religião", "religion"),
        ("godsdienst", "religion"),
        ("discapacidad", "disability"),
        ("estado_civil", "marital status"),
        ("Familienstand", "marital status"),
        ("region", "residence"),
        ("residence_since", None),
        ("MalePctDivorce", None),
        ("agePct12t21", None),
        ("percentage", None),
        ("manage", None),
        ("average", None),
    ],
)
def test_grounds_are_known_by_name_in_seven_languages(name: str, ground: str | None) -> None:
    assert protected_attribute(name) == ground


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("racepctblack", "origin"),
        ("racePctWhite", "origin"),
        ("pct_female", "sex"),
        ("share_foreign", "nationality"),
        ("MalePctDivorce", None),
        ("blackPerCap", None),
        ("percentage", None),
        ("race", None),
        ("pct", None),
    ],
)
def test_a_share_of_a_group_is_told_from_other_figures_about_it(name: str, ground: str | None) -> None:
    assert share_of_group(name) == ground


def test_values_tell_of_sex_and_origin_and_letters_do_not() -> None:
    assert attribute_of_values(frozenset({"Vrouw", "Homem"})) == "sex"
    assert attribute_of_values(frozenset({"White", "Asian", "else"})) == "origin"
    assert attribute_of_values(frozenset({"F", "M"})) is None
    assert attribute_of_values(frozenset({"white", "red", "sparkling"})) is None


def test_shares_of_an_area_are_protected_only_where_no_person_is_known(written: Written) -> None:
    areas = profile(written({"x": NOISE, "pctblack": NOISE[::-1], "y": COIN}), "y")
    people = profile(written({"race": ["black", "white"] * (ROWS // 2), "pctblack": NOISE[::-1], "y": COIN}), "y")

    assert areas.candidates == {"pctblack": "origin"}
    assert people.candidates == {"race": "origin"}
    assert dict(_facts(areas, "protected-column")[0].more)["area"] == 1


def test_fractions_up_to_one_are_no_ages_and_standardised_ages_are(written: Written) -> None:
    shares = profile(written({"age": NOISE, "y": COIN}), "y")
    standardised = profile(written({"age": [4 * value - 2 for value in NOISE], "y": COIN}), "y")
    years = profile(written({"age": [int(18 + 60 * value) for value in NOISE], "y": COIN}), "y")

    assert shares.candidates == {}
    assert standardised.candidates == years.candidates == {"age": "age"}


def test_tiny_groups_do_not_tell_whether_outcomes_differ(written: Written) -> None:
    cells = ["f"] * 20 + ["m"] * (ROWS - 20)
    (fact,) = _facts(profile(written({"sex": cells, "y": COIN}), "y"), "base-rates-differ")

    assert (fact.holds, fact.standing) == (False, "undecided")


def test_a_difference_that_chance_may_have_made_is_not_told(written: Written) -> None:
    def outcomes(women: int, men: int) -> Fact:
        sex = ["f"] * 100 + ["m"] * 100
        y = ["yes"] * women + ["no"] * (100 - women) + ["yes"] * men + ["no"] * (100 - men)
        (fact,) = _facts(profile(written({"sex": sex, "y": y}), "y"), "base-rates-differ")
        return fact

    assert (outcomes(50, 55).holds, outcomes(50, 55).standing) == (False, "undecided")
    assert (outcomes(30, 70).holds, outcomes(30, 70).standing) == (True, "measured")


def test_of_a_number_the_favourable_side_of_the_median_is_compared(written: Written) -> None:
    wages = [100 * value + (30 if sex == "m" else 0) for value, sex in zip(NOISE, SEX, strict=True)]
    welcome = profile(written({"sex": SEX, "wage": wages}), "wage")
    unwelcome = profile(written({"sex": SEX, "debt": wages}), "debt")
    neither = profile(written({"sex": SEX, "v": wages}), "v")

    def most(measured: Profile) -> tuple[object, object]:
        (fact,) = _facts(measured, "base-rates-differ")
        return dict(fact.more)["most"], dict(fact.more)["side"]

    assert most(welcome) == ("m", "high")
    assert most(unwelcome) == ("f", "low")
    assert most(neither) == ("m", "upper")


def test_gaps_that_differ_between_groups_are_told(written: Written) -> None:
    uneven = ["" if sex == "f" and value < 0.3 else int(99 * value) for sex, value in zip(SEX, NOISE, strict=True)]
    even = ["" if value < 0.3 else int(99 * value) for value in NOISE]
    measured = profile(written({"sex": SEX, "uneven": uneven, "even": even, "y": COIN}), "y")

    assert [(fact.columns, dict(fact.more)["most"]) for fact in _facts(measured, "missing-by-group")] == [
        (("uneven", "sex"), "f")
    ]


def test_a_first_name_tells_of_sex_though_no_model_gets_it(written: Written) -> None:
    first = ["Ada" if sex == "f" else "Bob" if value < 0.9 else "Sam" for sex, value in zip(SEX, NOISE, strict=True)]
    measured = profile(written({"first_name": first, "sex": SEX, "y": COIN}), "y")

    (fact,) = _facts(measured, "proxy-column")
    assert fact.columns == ("first_name", "sex")
    assert fact.proposes == ()
    assert "Ada" not in repr(measured)


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(0.05, 0.95))
def test_a_group_is_under_represented_only_beyond_chance(women: int, men: int, reference: float) -> None:
    groups = [Rate("f", women, 0, 0, 1), Rate("m", men, 0, 0, 1)]

    facts = against_reference("sex", groups, {"f": reference, "m": 1 - reference})

    share = women / (women + men)
    assert [dict(fact.more)["group"] for fact in facts] == ["f", "m"]
    assert facts[0].figure == pytest.approx(share / reference)
    if facts[0].holds:
        assert share < OF_REFERENCE * reference
    assert (facts[0].standing == "undecided") == (facts[0].figure < OF_REFERENCE and not facts[0].holds)


def test_a_reference_says_which_group_is_missing(written: Written) -> None:
    path = written({"sex": ["f"] * 200 + ["m"] * (ROWS - 200), "y": COIN})

    measured = profile(path, "y", reference={"sex": {"f": 51, "m": 49, "x": 1}})

    found = {dict(fact.more)["group"]: fact.holds for fact in _facts(measured, "group-share")}
    assert found == {"f": True, "m": False, "x": True}
    assert _facts(profile(path, "y"), "group-share") == []
