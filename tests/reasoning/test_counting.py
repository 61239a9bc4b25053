"""Counts, shares, samples and enumeration against brute force."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from brute_force import USUAL, models, questions, solutions
from hypothesis import assume, given
from scipy.stats import chisquare

from fatesline.model.configuration import Configuration
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse
from fatesline.reasoning import Census, Count, OutOfTime, count, enumerated
from fatesline.reasoning.counting import _bounds

Question = tuple[FeatureModel, Configuration]


@USUAL
@given(questions())
def test_counts_are_exact(question: Question) -> None:
    model, configuration = question

    found = count(model, configuration)

    assert found.exact == len(solutions(model, configuration))


@USUAL
@given(questions(constraints=1, decisions=6))
def test_counts_are_exact_where_most_follows_from_the_tree(question: Question) -> None:
    model, configuration = question

    assert count(model, configuration).exact == len(solutions(model, configuration))


@USUAL
@given(questions(constraints=2))
def test_commonality_is_the_share_of_configurations_with_the_feature(question: Question) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    assume(possible)

    shares = Census(model).commonality(configuration)

    assert shares == {name: Fraction(sum(name in chosen for chosen in possible), len(possible)) for name in model.ids}


@USUAL
@given(questions())
def test_enumeration_gives_every_configuration_once(question: Question) -> None:
    model, configuration = question

    listed = list(enumerated(model, configuration))

    assert len(set(listed)) == len(listed)
    assert set(listed) == set(solutions(model, configuration))


@USUAL
@given(questions(constraints=2))
def test_samples_keep_the_rules_and_the_decisions(question: Question) -> None:
    model, configuration = question
    possible = set(solutions(model, configuration))
    assume(possible)
    census = Census(model)

    drawn = census.samples(20, seed=5, configuration=configuration)

    assert len(drawn) == 20
    assert set(drawn) <= possible
    assert drawn == census.samples(20, seed=5, configuration=configuration)


@pytest.mark.parametrize("text", ["a & p => x1", "x1 <=> !(b & x2)", "p | x3"])
def test_samples_are_uniform(text: str) -> None:
    parents = {
        "p": "r",
        "q": "r",
        "a": "p",
        "b": "p",
        "c": "p",
        "x1": "q",
        "x2": "q",
        "x3": "q",
        "y1": "x1",
        "y2": "x1",
    }
    model = FeatureModel(
        (Feature("r"), *(Feature(name, parent) for name, parent in parents.items())),
        (Group.some("p", "abc"), Group("q", ("x1", "x2", "x3"), 1, 2), Group.alternative("x1", ("y1", "y2"))),
        (Constraint("c", parse(text)),),
    )
    possible = solutions(model)

    drawn = Counter(Census(model).samples(200 * len(possible), seed=1))

    assert len(possible) > 10
    assert chisquare([drawn[chosen] for chosen in possible]).pvalue > 0.001


@USUAL
@given(models())
def test_bounds_enclose_the_count(model: FeatureModel) -> None:
    number = len(solutions(model))

    found = _bounds(model, Configuration(), seconds=5)

    assert found.at_least <= number <= found.at_most
    assert (found.at_most == 0) == (number == 0)


def test_a_count_that_takes_too_long_becomes_bounds() -> None:
    names = tuple(f"f{at}" for at in range(300))
    texts = [f"f{at} | f{at * 7 % 300} | !f{at * 31 % 300}" for at in range(300)]
    model = FeatureModel(
        (Feature("r"), *(Feature(name, "r") for name in names)),
        (),
        tuple(Constraint(f"c{at}", parse(text)) for at, text in enumerate(texts)),
    )

    with pytest.raises(OutOfTime):
        Census(model, seconds=0.01)
    found = count(model, seconds=0.2)

    assert found.exact is None
    assert 0 < found.at_least < found.at_most <= 2**300


def test_a_void_model_has_no_configurations() -> None:
    model = FeatureModel((Feature("r"),), (), (Constraint("never", parse("!r")),))

    assert count(model) == Count(0, 0)
    assert list(enumerated(model)) == []
    with pytest.raises(ValueError, match="inconsistent"):
        Census(model).commonality()
    with pytest.raises(ValueError, match="inconsistent"):
        Census(model).samples(1, seed=0)
