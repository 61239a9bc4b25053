"""Feature models: what is refused, and what can be asked."""

from __future__ import annotations

import pytest

from fatesline.errors import UserError, UserErrors
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse


def faults_of(*features: Feature, groups: tuple[Group, ...] = (), constraints: tuple[Constraint, ...] = ()) -> str:
    with pytest.raises(UserErrors) as raised:
        FeatureModel(features, groups, constraints)
    return str(raised.value)


def test_parents_may_come_after_their_children() -> None:
    model = FeatureModel((Feature("leaf", "inner"), Feature("inner", "root"), Feature("root")))

    assert model.root.id == "root"
    assert model.ids == ("leaf", "inner", "root")
    assert model.ancestors("leaf") == ("inner", "root")
    assert [child.id for child in model.children("inner")] == ["leaf"]
    assert "leaf" in model
    assert "twig" not in model


def test_an_unknown_feature_is_answered_with_the_nearest_known_one() -> None:
    model = FeatureModel((Feature("root"), Feature("reweighing", "root")))

    with pytest.raises(UserError, match='did you mean "reweighing"'):
        model["reweighting"]


def test_a_model_has_exactly_one_root() -> None:
    assert "this one has 0" in faults_of()
    assert "this one has 2: a, b" in faults_of(Feature("a"), Feature("b"))


def test_repeated_ids_and_unknown_parents_are_named() -> None:
    said = faults_of(Feature("root"), Feature("a", "root"), Feature("a", "root"), Feature("b", "rot"))

    assert '"a" is declared twice' in said
    assert 'unknown parent "rot"; did you mean "root"?' in said


def test_a_cycle_is_named_once_with_its_path() -> None:
    said = faults_of(Feature("root"), Feature("a", "c"), Feature("b", "a"), Feature("c", "b"))

    assert said.count("their own ancestors") == 1
    assert "a > c > b > a" in said


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (Group("nowhere", ("a",), 0, 1), 'unknown parent "nowhere"'),
        (Group("root", ("z",), 0, 1), 'unknown member "z"'),
        (Group("root", ("c",), 0, 1), 'member "c" has another parent'),
        (Group("root", ("a", "b"), 0, 3), "does not fit 2 members"),
        (Group("root", ("a", "b"), 2, 1), "does not fit 2 members"),
        (Group("root", ("a", "b"), -1, 1), "does not fit 2 members"),
        (Group("root", (), 0, 0), "does not fit 0 members"),
        (Group("root", ("a", "a"), 0, 1), "in two groups"),
    ],
)
def test_a_group_that_does_not_fit_is_refused(group: Group, said: str) -> None:
    tree = (Feature("root"), Feature("a", "root"), Feature("b", "root"), Feature("c", "a"))

    assert said in faults_of(*tree, groups=(group,))


def test_formulas_are_over_known_features_and_ids_of_constraints_are_unique() -> None:
    twice = (Constraint("c", parse("root")), Constraint("c", parse("root & rooot")))

    said = faults_of(Feature("root"), constraints=twice)

    assert 'constraint "c" is declared twice' in said
    assert 'there is no feature "rooot"; did you mean "root"?' in said


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(UserErrors) as raised:
        FeatureModel((Feature("a"), Feature("a"), Feature("b", "x")), (Group("a", ("b",), 5, 5),))

    assert len(raised.value.faults) >= 4


@pytest.mark.parametrize(
    ("bounds", "kind"),
    [
        ((3, 3), "mandatory"),
        ((0, 3), "optional"),
        ((1, 1), "alternative"),
        ((1, 3), "some"),
        ((0, 1), "cardinality"),
        ((2, 3), "cardinality"),
    ],
)
def test_groups_have_their_usual_names(bounds: tuple[int, int], kind: str) -> None:
    assert Group("p", ("a", "b", "c"), *bounds).kind == kind


def test_the_only_child_of_an_alternative_is_mandatory() -> None:
    assert Group.alternative("p", ["a"]).kind == "mandatory"
    assert Group.some("p", ["a"]).kind == "mandatory"


def test_a_deep_tree_is_checked_without_recursion() -> None:
    chain = [Feature("f0"), *(Feature(f"f{at}", f"f{at - 1}") for at in range(1, 20_000))]

    assert len(FeatureModel(tuple(chain)).ancestors("f19999")) == 19_999
