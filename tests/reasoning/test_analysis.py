"""Statements about whole models against brute force."""

from __future__ import annotations

from brute_force import USUAL, allowed, models, rules_of, solutions
from hypothesis import assume, given
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse
from fatesline.reasoning import Reasoner, atomic_sets, compared, core, dead, false_optional, redundant_constraints, void


@USUAL
@given(models())
def test_core_and_dead_features_are_those_of_all_and_of_no_configurations(model: FeatureModel) -> None:
    possible = solutions(model)
    reasoner = Reasoner(model)

    assert core(reasoner) == (frozenset.intersection(*possible) if possible else frozenset())
    assert dead(reasoner) == frozenset(model.ids).difference(*possible)
    assert (void(reasoner) is None) == bool(possible)


@USUAL
@given(models())
def test_false_optional_features_hold_whenever_their_parent_does(model: FeatureModel) -> None:
    possible = solutions(model)
    bound = {member for group in model.groups if group.kind == "mandatory" for member in group.members}
    expected = {
        node.id
        for node in model.features
        if node.parent is not None
        and node.id not in bound
        and any(node.parent in chosen for chosen in possible)
        and all(node.id in chosen for chosen in possible if node.parent in chosen)
    }
    below_dead = {
        node.id
        for node in model.features
        if node.parent is not None and node.id not in bound and not any(node.parent in chosen for chosen in possible)
    }

    assert false_optional(Reasoner(model)) == expected
    assert false_optional(Reasoner(model), "published") == expected | below_dead


@USUAL
@given(models())
def test_redundant_constraints_follow_from_all_others(model: FeatureModel) -> None:
    rules = rules_of(model)
    possible = allowed(model, rules)

    expected = tuple(
        rule.id
        for rule in rules
        if rule.kind == "constraint" and allowed(model, [one for one in rules if one != rule]) == possible
    )

    assert redundant_constraints(Reasoner(model)) == expected


def test_a_void_model_is_explained_without_any_decision() -> None:
    model = FeatureModel(
        (Feature("root"), Feature("a", "root")),
        (Group.mandatory("root", ("a",)),),
        (Constraint("never", parse("!a")),),
    )

    why = void(Reasoner(model))

    assert why is not None
    assert why.decisions == ()
    assert {rule.kind for rule in why.rules} == {"root", "group", "constraint"}
    assert Reasoner(model).repairs(Configuration()) == ()


@USUAL
@given(models(constraints=3))
def test_atomic_sets_part_the_living_features_by_when_they_are_chosen(model: FeatureModel) -> None:
    possible = solutions(model)
    when = {name: tuple(name in chosen for chosen in possible) for name in model.ids}
    expected = {
        tuple(other for other in model.ids if when[other] == when[name]) for name in model.ids if any(when[name])
    }

    found = atomic_sets(Reasoner(model))

    assert set(found) == expected
    assert len(found) == len(expected)


@USUAL
@given(models(constraints=3), models(constraints=3))
def test_a_comparison_names_a_configuration_for_each_difference(old: FeatureModel, new: FeatureModel) -> None:
    before, after = set(solutions(old)), set(solutions(new))

    comparison = compared(old, new)

    assert (comparison.gone in before - after) if before - after else comparison.gone is None
    assert (comparison.new in after - before) if after - before else comparison.new is None
    assert (
        comparison.kind
        == {
            (True, True): "arbitrary edit",
            (True, False): "specialisation",
            (False, True): "generalisation",
            (False, False): "refactoring",
        }[bool(before - after), bool(after - before)]
    )


@USUAL
@given(st.data(), models(constraints=3))
def test_leaving_a_constraint_out_never_specialises(data: st.DataObject, model: FeatureModel) -> None:
    assume(model.constraints)
    gone = data.draw(st.sampled_from(model.constraints))
    fewer = FeatureModel(model.features, model.groups, tuple(one for one in model.constraints if one != gone))

    comparison = compared(model, fewer)

    assert comparison.kind in ("refactoring", "generalisation")
    assert (comparison.kind == "refactoring") == (set(solutions(model)) == set(solutions(fewer)))
