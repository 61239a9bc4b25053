"""Arguments about models without texts: exact wording, few lines, nothing lost where everything is asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fatesline.documents.model_words import MOST_STEPS, ModelWords
from fatesline.model.configuration import Configuration
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, feature, negation, parse
from fatesline.reasoning import Reasoner, Rule


def flat(names: str, *rules: str) -> FeatureModel:
    """A root with optional children."""
    return FeatureModel(
        (Feature("R"), *(Feature(name, "R") for name in names.split())),
        (),
        tuple(Constraint(f"c{at}", parse(text)) for at, text in enumerate(rules, 1)),
    )


def test_alternatives_that_all_lead_to_the_same_are_one_step() -> None:
    model = flat("A B C D", "A | B | C", "A => D", "B => D", "C => D")
    argument = Reasoner(model).why(Configuration(), "D")
    assert argument is not None

    assert ModelWords(model).argument(argument) == [
        '    suppose not "D";',
        '    so none of "A", "B" and "C": "A" requires "D"; "B" requires "D"; "C" requires "D";',
        "    which does not fit: A | B | C;",
        '  so "D".',
    ]
    assert ModelWords(model, "fr").argument(argument) == [
        "    supposons pas « D » ;",
        "    donc aucun de « A », « B » et « C » : « A » exige « D » ; « B » exige « D » ; « C » exige « D » ;",
        "    ce qui ne va pas ensemble : A | B | C ;",
        "  donc « D ».",
    ]


def test_a_long_chain_is_cut_in_the_middle_and_whole_where_all_is_asked_for() -> None:
    names = [f"F{at}" for at in range(20)]
    model = flat(" ".join(names), *(f"{one} => {other}" for one, other in pairwise(names)))
    argument = Reasoner(model).why(Configuration.choosing("F0"), "F19")
    assert argument is not None
    words = ModelWords(model)

    short, whole = words.argument(argument), words.argument(argument, most=None)

    assert len(short) == 1 + MOST_STEPS
    assert len(whole) == 1 + 19
    assert short[0] == whole[0] == '  you chose "F0";'
    assert short[-1] == whole[-1] == '  so "F19": "F18" requires "F19".'
    # Decision, three steps, this line, the last step.
    assert short[4] == "  ... 15 further lines, all of them with --format json"


def test_climbing_the_tree_is_told_as_one_way() -> None:
    features = (Feature("R"), Feature("A", "R"), Feature("B", "A"), Feature("C", "B"), Feature("X", "R"))
    groups = (Group.alternative("R", ["A", "X"]),)
    model = FeatureModel(features, groups)
    argument = Reasoner(model).why(Configuration.choosing("C"), "X", holds=False)
    assert argument is not None

    assert ModelWords(model).argument(argument) == [
        '  you chose "C";',
        '  so not "X": "C" is part of "A"; "R" has one only, here "A".',
    ]


def test_many_names_are_counted() -> None:
    words = ModelWords(flat("A"))

    assert words.names(list("ABCDEF")) == '"A", "B", "C", "D", "E" and "F"'
    assert words.names(list("ABCDEFG")) == '"A", "B", "C", "D", "E" and 2 others'


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (parse("A => B"), '"A" requires "B"'),
        (parse("B | !A"), '"A" requires "B"'),
        (parse("A => !B"), '"A" excludes "B"'),
        (parse("!(A & B)"), '"A" excludes "B"'),
        (parse("!A | !B"), '"A" excludes "B"'),
        (parse("!A => B"), "!A => B"),
        (parse("A | B"), "A | B"),
        (feature("A"), '"A" is required'),
        (negation(feature("A")), '"A" is forbidden'),
        (disjunction(()), "c"),
        (negation(conjunction((feature("A"), disjunction(())))), "c"),
    ],
)
def test_simple_constraints_are_said_in_words(formula: Formula, text: str) -> None:
    model = FeatureModel((Feature("R"), Feature("A", "R"), Feature("B", "R")), (), (Constraint("c", formula),))

    assert ModelWords(model).because(Rule("constraint", "c")) == text
