"""The reasoner against brute force, and its promises on small models."""

from __future__ import annotations

import pytest
from brute_force import USUAL, allowed, check_steps, models, questions, rules_of, solutions, subsets, truth
from hypothesis import assume, given
from hypothesis import strategies as st

from fatesline.errors import UserError
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse
from fatesline.reasoning import Argument, Claim, Reasoner, Rule

Question = tuple[FeatureModel, Configuration]


@USUAL
@given(models(most=6))
def test_the_truth_tables_say_what_every_set_of_features_says_by_itself(model: FeatureModel) -> None:
    def obeys(rule: Rule, chosen: frozenset[str]) -> bool:
        match rule.kind:
            case "root":
                return rule.id in chosen
            case "parent":
                return rule.id not in chosen or model[rule.id].parent in chosen
            case "group":
                assert rule.group is not None
                number = sum(member in chosen for member in rule.group.members)
                return number <= rule.group.maximum and (rule.id not in chosen or number >= rule.group.minimum)
            case _:
                return next(one for one in model.constraints if one.id == rule.id).formula.holds_in(chosen)

    for rule in rules_of(model):
        expected = {chosen for chosen in subsets(model.ids) if obeys(rule, chosen)}
        assert set(truth(model).sets(truth(model).rule(rule))) == expected


@USUAL
@given(questions())
def test_consistent_means_some_total_configuration_keeps_every_decision(question: Question) -> None:
    model, configuration = question

    assert Reasoner(model).is_consistent(configuration) == bool(solutions(model, configuration))


@USUAL
@given(questions())
def test_consequences_are_exactly_what_all_configurations_agree_on(question: Question) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    assume(possible)

    settled = Reasoner(model).consequences(configuration)

    assert settled.chosen == frozenset.intersection(*possible)
    assert settled.ruled_out == frozenset(model.ids) - frozenset.union(*possible)


@USUAL
@given(questions(constraints=1, decisions=7))
def test_parts_that_no_constraint_mentions_follow_from_the_tree_alone(question: Question) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    reasoner = Reasoner(model)

    assert reasoner.is_consistent(configuration) == bool(possible)
    if possible:
        settled = reasoner.consequences(configuration)
        assert settled.chosen == frozenset.intersection(*possible)
        assert settled.ruled_out == frozenset(model.ids) - frozenset.union(*possible)
    else:
        for repair in reasoner.repairs(configuration, limit=3):
            given_up = [decision.feature for decision in repair.give_up]
            assert solutions(model, configuration.without(*given_up))
            assert not any(solutions(model, configuration.without(*{*given_up} - {name})) for name in given_up)


@USUAL
@given(st.data(), models())
def test_answers_do_not_depend_on_earlier_questions(data: st.DataObject, model: FeatureModel) -> None:
    used = Reasoner(model)
    for _ in range(6):
        decided = data.draw(st.lists(st.sampled_from(model.ids), unique=True, max_size=4))
        configuration = Configuration.of(Decision(name, data.draw(st.booleans())) for name in decided)
        fresh = Reasoner(model)
        assert used.is_consistent(configuration) == fresh.is_consistent(configuration)
        if fresh.is_consistent(configuration):
            assert used.consequences(configuration) == fresh.consequences(configuration)
            assert used.completion(configuration) == fresh.completion(configuration)
        else:
            assert used.conflict(configuration) == fresh.conflict(configuration)
            assert used.repairs(configuration) == fresh.repairs(configuration)


def check_minimal(model: FeatureModel, argument: Argument) -> None:
    assert not allowed(model, argument.rules, argument.decisions)
    for left_out in argument.decisions:
        assert allowed(model, argument.rules, [one for one in argument.decisions if one != left_out])
    for rule in argument.rules:
        assert allowed(model, [one for one in argument.rules if one != rule], argument.decisions)


@USUAL
@given(questions(decisions=7))
def test_a_conflict_is_minimal_and_its_steps_are_valid(question: Question) -> None:
    model, configuration = question

    conflict = Reasoner(model).conflict(configuration)

    assert (conflict is None) == bool(solutions(model, configuration))
    if conflict is not None:
        assert set(conflict.decisions) <= set(configuration)
        check_minimal(model, conflict)
        known = frozenset(Claim(decision.feature, decision.chosen) for decision in conflict.decisions)
        check_steps(model, conflict.rules, known, conflict.steps, None)
        for left_out in conflict.decisions:
            kept = [one for one in conflict.decisions if one != left_out]
            assert solutions(model, Configuration.of(kept)), "blamed although the rules refute the others without it"


@USUAL
@given(questions())
def test_an_argument_is_minimal_and_its_steps_end_in_the_claim(question: Question) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    assume(possible)
    reasoner = Reasoner(model)

    for name in model.ids:
        for holds in (True, False):
            argument = reasoner.why(configuration, name, holds=holds)
            assert (argument is None) == any((name in chosen) != holds for chosen in possible)
            if argument is not None:
                opposite = Decision(name, not holds, note="the opposite of the claim")
                if name not in {decision.feature for decision in argument.decisions}:
                    assert not allowed(model, argument.rules, [*argument.decisions, opposite])
                    for rule in argument.rules:
                        fewer = [one for one in argument.rules if one != rule]
                        assert allowed(model, fewer, [*argument.decisions, opposite])
                    for left_out in argument.decisions:
                        kept = [one for one in argument.decisions if one != left_out]
                        assert allowed(model, argument.rules, [*kept, opposite])
                    known = frozenset(Claim(one.feature, one.chosen) for one in argument.decisions)
                    check_steps(model, argument.rules, known, argument.steps, Claim(name, holds))
                else:
                    assert argument == Argument((configuration[name],), (), ())


def minimal_contradictions(model: FeatureModel, parts: list[Decision | Rule]) -> list[frozenset[object]]:
    tables = truth(model)
    table = [
        tables.claim(Claim(part.feature, part.chosen)) if isinstance(part, Decision) else tables.rule(part)
        for part in parts
    ]
    # What each set of parts, as bits, leaves; a set without what its lowest part adds comes before it.
    left = [tables.every]
    for some in range(1, 1 << len(parts)):
        lowest = some & -some
        left.append(left[some ^ lowest] and left[some ^ lowest] & table[lowest.bit_length() - 1])
    return [
        frozenset(part for at, part in enumerate(parts) if some >> at & 1)
        for some, remaining in enumerate(left)
        if not remaining and all(left[some ^ 1 << at] for at in range(len(parts)) if some >> at & 1)
    ]


@USUAL
@given(questions(constraints=3))
def test_all_minimal_conflicts_are_found_once_and_nothing_else(question: Question) -> None:
    model, configuration = question
    parts: list[Decision | Rule] = [*configuration, *rules_of(model)]
    # Every set of parts is tried.
    assume(len(parts) <= 16)
    contradictory = minimal_contradictions(model, parts)
    reasoner = Reasoner(model)

    conflicts = reasoner.conflicts(configuration, limit=1000)

    found = [frozenset([*conflict.decisions, *conflict.rules]) for conflict in conflicts]
    assert len(set(found)) == len(found)
    assert set(found) == set(contradictory)
    assert conflicts[:1] == ((reasoner.conflict(configuration),) if conflicts else ())
    assert reasoner.conflicts(configuration, limit=1) == conflicts[:1]


@USUAL
@given(questions(decisions=6))
def test_repairs_are_exactly_the_minimal_ones_cheapest_first(question: Question) -> None:
    model, configuration = question
    minimal: list[frozenset[str]] = []
    for given_up in subsets(decision.feature for decision in configuration):
        if not any(smaller <= given_up for smaller in minimal) and solutions(model, configuration.without(*given_up)):
            minimal.append(given_up)

    repairs = Reasoner(model).repairs(configuration, limit=100)

    assert {frozenset(one.feature for one in repair.give_up) for repair in repairs} == set(minimal)
    assert len(repairs) == len(minimal)
    assert [repair.price for repair in repairs] == sorted(
        sum(decision.price for decision in repair.give_up) for repair in repairs
    )


@USUAL
@given(st.data(), questions())
def test_completion_is_the_best_and_ties_go_by_the_order_of_the_model(data: st.DataObject, question: Question) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    assume(possible)
    costs = data.draw(st.dictionaries(st.sampled_from(model.ids), st.integers(0, 5)))

    def price(chosen: frozenset[str]) -> int:
        own = sum(costs.get(name, 0 if model[name].abstract else 1) for name in chosen)
        soft = [one for one in model.constraints if one.level == "preference"]
        return own + sum(one.weight for one in soft if not one.formula.holds_in(chosen))

    def rank(chosen: frozenset[str]) -> tuple[object, ...]:
        return price(chosen), len(chosen), tuple(name not in chosen for name in model.ids)

    reasoner = Reasoner(model)

    best = min(possible, key=rank)

    assert reasoner.completion(configuration, costs=costs) == best
    assert reasoner.additions(configuration, costs=costs) == best - set(configuration.chosen)


@USUAL
@given(st.data(), questions())
def test_the_nearest_configuration_differs_in_as_few_features_as_possible(
    data: st.DataObject, question: Question
) -> None:
    model, configuration = question
    possible = solutions(model, configuration)
    assume(possible)
    wanted = data.draw(st.frozensets(st.sampled_from([*model.ids, "unheard_of"])))
    soft = [one for one in model.constraints if one.level == "preference"]

    def rank(chosen: frozenset[str]) -> tuple[object, ...]:
        broken = sum(one.weight for one in soft if not one.formula.holds_in(chosen))
        differing = len(chosen ^ (wanted - {"unheard_of"}))
        return differing + broken, len(chosen), tuple(name not in chosen for name in model.ids)

    assert Reasoner(model).nearest(wanted, configuration) == min(possible, key=rank)


@USUAL
@given(st.data(), questions())
def test_switching_constraints_off_is_the_same_as_not_having_them(data: st.DataObject, question: Question) -> None:
    model, configuration = question
    assume(model.constraints)
    off = set(data.draw(st.lists(st.sampled_from([one.id for one in model.constraints]), min_size=1)))
    kept = tuple(one for one in model.constraints if one.id not in off)
    fewer = Reasoner(FeatureModel(model.features, model.groups, kept))
    reasoner = Reasoner(model)

    assert reasoner.is_consistent(configuration, without=off) == fewer.is_consistent(configuration)
    assert reasoner.conflict(configuration, without=off) == fewer.conflict(configuration)
    assert reasoner.repairs(configuration, without=off) == fewer.repairs(configuration)
    if fewer.is_consistent(configuration):
        assert reasoner.consequences(configuration, without=off) == fewer.consequences(configuration)
        assert reasoner.completion(configuration, without=off) == fewer.completion(configuration)
        name = model.ids[-1]
        assert reasoner.why(configuration, name, without=off) == fewer.why(configuration, name)


def small(*constraints: str) -> FeatureModel:
    return FeatureModel(
        (Feature("root"), Feature("a", "root"), Feature("b", "root"), Feature("c", "root")),
        (Group.alternative("root", ("a", "b")),),
        tuple(Constraint(f"c{at}", parse(text)) for at, text in enumerate(constraints)),
    )


def test_a_contradiction_has_no_consequences_but_a_conflict() -> None:
    reasoner = Reasoner(small())
    configuration = Configuration.choosing("a", "b")

    with pytest.raises(ValueError, match="inconsistent"):
        reasoner.consequences(configuration)
    with pytest.raises(ValueError, match="inconsistent"):
        reasoner.why(configuration, "c")
    with pytest.raises(ValueError, match="inconsistent"):
        reasoner.completion(configuration)
    conflict = reasoner.conflict(configuration)
    assert conflict is not None
    assert [decision.feature for decision in conflict.decisions] == ["a", "b"]
    assert [rule.kind for rule in conflict.rules] == ["group"]


def test_an_unknown_feature_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(UserError, match="there is no feature"):
        Reasoner(small()).is_consistent(Configuration.choosing("roots"))
    with pytest.raises(UserError, match="there is no feature"):
        Reasoner(small()).why(Configuration(), "roots")


def test_an_unknown_constraint_cannot_be_switched_off() -> None:
    with pytest.raises(ValueError, match="c9"):
        Reasoner(small("a => c")).is_consistent(Configuration(), without=["c9"])


def test_a_preference_guides_but_never_forbids() -> None:
    model = small()
    soft = Constraint("soft", parse("!a"), level="preference", weight=3)
    reasoner = Reasoner(FeatureModel(model.features, model.groups, (soft,)))

    assert reasoner.completion() == {"root", "b"}
    assert reasoner.completion(without=["soft"]) == {"root", "a"}
    assert reasoner.completion(Configuration.choosing("a")) == {"root", "a"}


def test_cases_are_argued_where_unit_propagation_stalls() -> None:
    ids = ("p", "q")
    texts = ("p | q", "p | !q", "!p | q", "!p | !q")
    model = FeatureModel(
        (Feature("root"), *(Feature(name, "root") for name in ids)),
        (),
        tuple(Constraint(f"c{at}", parse(text)) for at, text in enumerate(texts)),
    )

    conflict = Reasoner(model).conflict()

    assert conflict is not None
    assert {rule.id for rule in conflict.rules} == {"c0", "c1", "c2", "c3"}
    assert any(step.cases for step in conflict.steps)
    check_steps(model, conflict.rules, frozenset(), conflict.steps, None)


def test_threads_may_share_a_reasoner() -> None:
    from concurrent.futures import ThreadPoolExecutor

    names = tuple(f"f{at}" for at in range(40))
    rules = tuple(Constraint(f"c{at}", parse(f"f{at} => f{at + 1}")) for at in range(39))
    model = FeatureModel((Feature("root"), *(Feature(name, "root") for name in names)), (), rules)
    reasoner = Reasoner(model)

    with ThreadPoolExecutor(8) as pool:
        settled = list(pool.map(lambda name: reasoner.consequences(Configuration.choosing(name)), names * 3))

    for name, consequences in zip(names * 3, settled, strict=True):
        assert consequences.chosen == {"root", *names[names.index(name) :]}
