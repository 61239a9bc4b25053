from __future__ import annotations

import pytest

from fatesline.profiling.facts import Fact, merged
from fatesline.profiling.words import ground_named, said

BETWEEN = (("most", "m"), ("least", "f"), ("most_rate", 0.5), ("least_rate", 0.25), ("low", 0.2), ("high", 0.3))


@pytest.mark.parametrize(
    ("fact", "english"),
    [
        (
            Fact("task-type", ("y",), 5, 10, more=(("task", "several_classes"), ("ordered", "unknown"))),
            "y has 5 values: several classes (in an order or not)",
        ),
        (
            Fact("task-type", ("y",), 5, 10, False, more=(("task", ""), ("ordered", "no")), standing="undecided"),
            "y has 5 values: cannot tell whether they are classes or points on a scale",
        ),
        (
            Fact("favourable-label", ("y",), 3, None, False, standing="undecided"),
            "which of the 3 labels of y is favourable cannot be told",
        ),
        (
            Fact("favourable-direction", ("pay",), 1, more=(("direction", "high"),)),
            "favourable in pay: high values",
        ),
        (
            Fact("favourable-direction", ("v",), 1, None, False, more=(("direction", ""),), standing="undecided"),
            "whether high or low values of v are favourable cannot be told",
        ),
        (
            Fact("base-rates-differ", ("sex",), 0.25, 0.02, more=(*BETWEEN, ("side", "low"))),
            "favourable side of the median (low) by sex: m 50.0 %, f 25.0 %; difference 25.0 % [20.0 %, 30.0 %]",
        ),
        (
            Fact("base-rates-differ", ("sex",), 0, 0.02, False, more=(("known", 1), ("fewest", 30), ("side", "upper")),
                 standing="undecided"),
            "values above the median by sex: cannot tell, fewer than two groups have 30 rows",
        ),
        (
            Fact("missing-by-group", ("a", "b", "sex"), 0.25, 0.05, more=BETWEEN),
            "missing values of a, b by sex: m 50.0 %, f 25.0 %; difference 25.0 % [20.0 %, 30.0 %]",
        ),
        (
            Fact("group-share", ("sex",), 0.5, 0.8, more=(("group", "f"), ("share", 0.25), ("expected", 0.5))),
            "f (sex) has 25.0 % of the rows, 50.0 % of the reference: 0.50 (under-represented below 0.80)",
        ),
        (
            Fact("group-share", ("sex",), 0.7, 0.8, False, more=(("group", "f"), ("share", 0.35), ("expected", 0.5)),
                 standing="undecided"),
            "f (sex) has 35.0 % of the rows, 50.0 % of the reference; cannot tell from so few rows",
        ),
        (
            Fact("column-drift", ("age",), 0.25, 0.2, more=(("chance", 0.01), ("bins", 10))),
            "population stability index of age: 0.250 (drift from 0.20)",
        ),
        (
            Fact("column-drift", ("age",), 0.25, 0.2, False, more=(("chance", 0.4), ("bins", 10)),
                 standing="undecided"),
            "population stability index of age: 0.250; cannot tell, chance alone gives 0.400 with so few rows",
        ),
        (Fact("columns-changed", ("a", "b"), 2, 0, more=(("change", "added"),)), "new: a, b"),
        (Fact("columns-changed", ("a",), 1, 0, more=(("change", "removed"),)), "no longer there: a"),
        (
            Fact("missing-drift", ("a",), 0.2, 0.05, more=(("before", 0.1), ("now", 0.3))),
            "missing values of a: 10.0 % before, 30.0 % now (a change from 5.0 %)",
        ),
        (
            Fact("new-values", ("job",), 0.4, 0, more=(("values", 2),)),
            "job has 2 values that were not there before, in 40.0 % of the rows",
        ),
        (
            Fact("leaks-target", ("x",), 0.97, 0.95, more=(("measure", "explained"),)),
            "x alone explains 97.0 % of the variance of the outcome (from 95.0 %: likely a leak)",
        ),
        (
            Fact("leaks-target", ("yhat",), 0.9, more=(("measure", "prediction"),)),
            "yhat is named like the prediction of a model",
        ),
        (
            Fact("protected-column", ("pctblack",), 1, more=(("ground", "origin"), ("area", 1))),
            "pctblack may be a protected attribute (origin; a share of an area, which needs a threshold)",
        ),
    ],
)  # fmt: skip
def test_a_fact_says_its_figure_and_what_it_was_compared_with(fact: Fact, english: str) -> None:
    assert said(fact) == english
    assert said(fact, "fr") != english


def test_of_many_columns_the_attribute_is_still_named() -> None:
    fact = Fact("missing-by-group", (*"abcdefghij", "sex"), 0.25, 0.05, more=BETWEEN)

    assert said(fact).startswith("missing values of a, b, c, d, e, f, g, h, … by sex: ")


def test_facts_that_differ_in_columns_only_become_one() -> None:
    facts = [
        Fact("missing-by-group", ("a", "sex"), 0.25, 0.05, more=BETWEEN),
        Fact("missing-by-group", ("b", "sex"), 0.25, 0.05, more=BETWEEN),
        Fact("missing-by-group", ("b", "age"), 0.25, 0.05, more=BETWEEN),
        Fact("missing-by-group", ("c", "sex"), 0.26, 0.05, more=BETWEEN),
    ]

    assert [fact.columns for fact in merged(facts, apart=1)] == [("a", "b", "sex"), ("b", "age"), ("c", "sex")]
    assert merged(facts[2:]) == facts[2:]


ONE_AND_SEVERAL = [
    (
        Fact("rare-values", ("job",), 1, 0.01),
        "job has 1 value with fewer than 1.0 % of the rows",
        "job a 1 valeur avec moins de 1,0 % des lignes",
    ),
    (
        Fact("rare-values", ("job",), 2, 0.01),
        "job has 2 values with fewer than 1.0 % of the rows each",
        "job a 2 valeurs avec moins de 1,0 % des lignes chacune",
    ),
    (
        Fact("duplicate-rows", (), 1, 0, more=(("rows", 9),)),
        "1 of 9 rows repeats another row",
        "1 ligne sur 9 en répète une autre",
    ),
    (
        Fact("missing-in-target", ("y",), 0.1, more=(("rows", 1),)),
        "1 row has no value in y",
        "1 ligne n'a pas de valeur dans y",
    ),
    (
        Fact("missing-values", ("a",), 0.1, 0, more=(("cells", 1),)),
        "1 value is missing (10.0 % of the cells), in a",
        "1 valeur manque (10,0 % des cellules), dans a",
    ),
    (
        Fact("new-values", ("a",), 0.1, 0, more=(("values", 1),)),
        "a has 1 value that was not there before, in 10.0 % of the rows",
        "a a 1 valeur qui n'y était pas, dans 10,0 % des lignes",
    ),
    (
        Fact("repeated-persons", ("id",), 1, 0, more=(("rows", 9),)),
        "id repeats: 1 of 9 rows is about a person seen before",
        "id se répète : 1 ligne sur 9 porte sur une personne déjà vue",
    ),
    (
        Fact("small-group", ("sex",), 0.25, 30, more=(("group", "f"),)),
        "about 0 test rows for f (sex); stable figures need 30",
        "environ 0 ligne de test pour f (sex) ; les chiffres sont stables à partir de 30",
    ),
]


@pytest.mark.parametrize(("fact", "english", "french"), ONE_AND_SEVERAL)
def test_one_is_said_otherwise_than_several(fact: Fact, english: str, french: str) -> None:
    assert (said(fact), said(fact, "fr")) == (english, french)


def test_numbers_carry_the_signs_of_the_language() -> None:
    fact = Fact("duplicate-rows", (), 1234, more=(("rows", 45678),))

    assert said(fact) == "1,234 of 45,678 rows repeat another row"
    assert said(fact, "fr") == "1\u202f234 lignes sur 45\u202f678 en répètent une autre"


def test_a_ground_is_called_by_its_french_name_and_a_column_by_its_own() -> None:
    assert ground_named("sex", "fr") == "sexe"
    assert ground_named("sex") == "sex"
    assert ground_named("V_17", "fr") == "V_17"
