"""What the reasoner should say, by trying every configuration; and random models to ask about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import LEVELS, Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, equivalence, feature, implication, negation
from fatesline.reasoning import Claim, Rule, Step

#: Random models per property; ``FATES_EXAMPLES=1000 pytest tests/reasoning`` is the thorough run.
USUAL = settings(max_examples=int(os.environ.get("FATES_EXAMPLES", "60")), deadline=None)

ORIGINS = ("asked", "measured", "detected", "policy", "default")


@st.composite
def formulas(draw: st.DrawFn, ids: tuple[str, ...], depth: int = 3) -> Formula:
    kinds = ["feature"] if depth == 0 else ["feature", "not", "and", "or", "implies", "iff"]
    inner = formulas(ids, depth - 1)
    match draw(st.sampled_from(kinds)):
        case "feature":
            return feature(draw(st.sampled_from(ids)))
        case "not":
            return negation(draw(inner))
        case "and":
            return conjunction(draw(st.lists(inner, min_size=0, max_size=3)))
        case "or":
            return disjunction(draw(st.lists(inner, min_size=0, max_size=3)))
        case "implies":
            return implication(draw(inner), draw(inner))
        case _:
            return equivalence(draw(inner), draw(inner))


@st.composite
def models(draw: st.DrawFn, most: int = 8, constraints: int = 4, soft: bool = True) -> FeatureModel:
    """Up to ``most`` features in any order, all kinds of groups, arbitrary formulas."""
    size = draw(st.integers(1, most))
    ids = tuple("abcdefghijklmnopqrst"[:size])
    parents = {name: draw(st.sampled_from(ids[:at])) for at, name in enumerate(ids) if at}
    features = [Feature(name, parents.get(name), abstract=draw(st.integers(0, 4)) == 0) for name in ids]
    groups = []
    for parent in ids:
        waiting = [name for name in ids if parents.get(name) == parent]
        while waiting:
            count = draw(st.integers(1, len(waiting)))
            members, waiting = tuple(waiting[:count]), waiting[count:]
            if draw(st.booleans()):
                least = draw(st.integers(0, count))
                groups.append(Group(parent, members, least, draw(st.integers(least, count))))
    levels = LEVELS if soft else LEVELS[:3]
    rules = tuple(
        Constraint(f"c{at}", draw(formulas(ids)), level=draw(st.sampled_from(levels)), weight=draw(st.integers(1, 4)))
        for at in range(draw(st.integers(0, constraints)))
    )
    return FeatureModel(tuple(draw(st.permutations(features))), tuple(draw(st.permutations(groups))), rules)


@st.composite
def questions(
    draw: st.DrawFn, most: int = 8, constraints: int = 4, decisions: int = 4
) -> tuple[FeatureModel, Configuration]:
    """A model and decisions on some of its features."""
    model = draw(models(most, constraints))
    decided = draw(st.lists(st.sampled_from(model.ids), unique=True, max_size=decisions))
    return model, Configuration.of(
        Decision(name, draw(st.booleans()), origin=draw(st.sampled_from(ORIGINS))) for name in decided
    )


def rules_of(model: FeatureModel) -> tuple[Rule, ...]:
    """All hard rules."""
    return (
        *(Rule("root" if node.parent is None else "parent", node.id) for node in model.features),
        *(Rule("group", group.parent, group) for group in model.groups),
        *(Rule("constraint", rule.id) for rule in model.constraints if rule.level != "preference"),
    )


def obeys(model: FeatureModel, rule: Rule, chosen: frozenset[str]) -> bool:
    match rule.kind:
        case "root":
            return rule.id in chosen
        case "parent":
            return rule.id not in chosen or model[rule.id].parent in chosen
        case "group":
            assert rule.group is not None
            count = sum(member in chosen for member in rule.group.members)
            return count <= rule.group.maximum and (rule.id not in chosen or count >= rule.group.minimum)
        case _:
            return next(one for one in model.constraints if one.id == rule.id).formula.holds_in(chosen)


def subsets(ids: Iterable[str]) -> Iterator[frozenset[str]]:
    names = tuple(ids)
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


def allowed(model: FeatureModel, rules: Iterable[Rule], configuration: Iterable[Decision] = ()) -> list[frozenset[str]]:
    """Every set of features that obeys the rules and the decisions."""
    rules, configuration = tuple(rules), tuple(configuration)
    return [
        chosen
        for chosen in subsets(model.ids)
        if all((decision.feature in chosen) == decision.chosen for decision in configuration)
        and all(obeys(model, rule, chosen) for rule in rules)
    ]


def solutions(model: FeatureModel, configuration: Iterable[Decision] = ()) -> list[frozenset[str]]:
    """Every valid total configuration that keeps the decisions."""
    return allowed(model, rules_of(model), configuration)


def holds(claim: Claim, chosen: frozenset[str]) -> bool:
    return (claim.feature in chosen) == claim.holds


def check_steps(
    model: FeatureModel, rules: tuple[Rule, ...], known: frozenset[Claim], steps: tuple[Step, ...], goal: Claim | None
) -> None:
    """Each step follows from its premises by its rule alone, its premises are known, and the last one concludes."""
    assert steps
    for at, step in enumerate(steps):
        assert not step.is_supposition
        assert set(step.premises) <= known
        assert step.rule is None or step.rule in rules
        conclusions = [] if step.conclusion is None else [step.conclusion]
        under = [
            chosen
            for chosen in subsets(model.ids)
            if all(holds(premise, chosen) for premise in step.premises)
            and (step.rule is None or obeys(model, step.rule, chosen))
        ]
        if not step.cases:
            assert step.rule is not None
            assert all(any(holds(claim, chosen) for claim in conclusions) for chosen in under)
        else:
            supposed = [case[0].conclusion for case in step.cases]
            assert all(case[0].is_supposition for case in step.cases)
            alternatives = [*conclusions, *(claim for claim in supposed if claim is not None)]
            assert all(any(holds(claim, chosen) for claim in alternatives) for chosen in under)
            for case, claim in zip(step.cases, supposed, strict=True):
                assert claim is not None
                if len(case) > 1:
                    check_steps(model, rules, known & set(step.premises) | {claim}, case[1:], case[-1].conclusion)
                    assert case[-1].conclusion in (None, step.conclusion)
                else:
                    assert claim == step.conclusion
        if step.conclusion is not None:
            known |= {step.conclusion}
        if at == len(steps) - 1:
            assert step.conclusion == goal
