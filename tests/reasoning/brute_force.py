"""What the reasoner should say, by trying every configuration; and random models to ask about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from itertools import combinations
from operator import and_, or_

from hypothesis import settings
from hypothesis import strategies as st

from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import LEVELS, Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, equivalence, feature, implication, negation
from fatesline.reasoning import Claim, Rule, Step

#: Random models per property; ``FATES_EXAMPLES=1000 pytest tests/reasoning`` is the thorough run.
USUAL = settings(max_examples=int(os.environ.get("FATES_EXAMPLES", "60")), deadline=None)

#: Features of a random model; properties that try more than every configuration say where they stop earlier.
MOST = 12

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
def models(draw: st.DrawFn, most: int = MOST, constraints: int = 4, soft: bool = True) -> FeatureModel:
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
    draw: st.DrawFn, most: int = MOST, constraints: int = 4, decisions: int = 4
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


class Truth:
    """Sets of total configurations of one model, as bits of integers: bit ``i`` is the ``i``-th set of features.

    All of them at once, so that twelve features (4,096 sets) cost little more than three.
    """

    def __init__(self, model: FeatureModel) -> None:
        self.model = model
        self.every = (1 << (1 << len(model.ids))) - 1
        self.with_feature = {}
        for at, name in enumerate(model.ids):
            # Of every 2^(at+1) sets the upper half has the feature.
            block = ((1 << (1 << at)) - 1) << (1 << at)
            self.with_feature[name] = self.every // ((1 << (2 << at)) - 1) * block
        self._of_rule: dict[Rule, int] = {}

    def formula(self, formula: Formula) -> int:
        """The sets in which it holds."""
        parts = [self.formula(part) for part in formula.parts]
        match formula.kind:
            case "feature":
                return self.with_feature[formula.feature]
            case "not":
                return self.every ^ parts[0]
            case "and":
                return reduce(and_, parts, self.every)
            case "or":
                return reduce(or_, parts, 0)
            case "implies":
                return self.every ^ parts[0] | parts[1]
            case _:
                return self.every ^ parts[0] ^ parts[1]

    def claim(self, claim: Claim) -> int:
        """The sets in which it holds."""
        with_it = self.with_feature[claim.feature]
        return with_it if claim.holds else self.every ^ with_it

    def rule(self, rule: Rule) -> int:
        """The sets that obey it."""
        if rule not in self._of_rule:
            self._of_rule[rule] = self._obeying(rule)
        return self._of_rule[rule]

    def _obeying(self, rule: Rule) -> int:
        match rule.kind:
            case "root":
                return self.with_feature[rule.id]
            case "parent":
                parent = self.model[rule.id].parent
                assert parent is not None
                return self.every ^ self.with_feature[rule.id] | self.with_feature[parent]
            case "group":
                assert rule.group is not None
                exactly = [self.every]
                for member in rule.group.members:
                    has = self.with_feature[member]
                    exactly = [
                        (fewer & has) | (same & ~has) for fewer, same in zip([0, *exactly], [*exactly, 0], strict=True)
                    ]
                below = reduce(or_, exactly[: rule.group.minimum], 0)
                above = reduce(or_, exactly[rule.group.maximum + 1 :], 0)
                return self.every & ~(above | below & self.with_feature[rule.id])
            case _:
                return self.formula(next(one for one in self.model.constraints if one.id == rule.id).formula)

    def sets(self, table: int) -> list[frozenset[str]]:
        """The sets of a table as names."""
        ids = self.model.ids
        found = []
        while table:
            lowest = table & -table
            at = lowest.bit_length() - 1
            found.append(frozenset(name for bit, name in enumerate(ids) if at >> bit & 1))
            table ^= lowest
        return found


@lru_cache(maxsize=8)
def truth(model: FeatureModel) -> Truth:
    return Truth(model)


def subsets(ids: Iterable[str]) -> Iterator[frozenset[str]]:
    names = tuple(ids)
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


def allowed(model: FeatureModel, rules: Iterable[Rule], configuration: Iterable[Decision] = ()) -> int:
    """Every set of features that obeys the rules and the decisions, as a table; 0 if there is none."""
    tables = truth(model)
    claims = (Claim(decision.feature, decision.chosen) for decision in configuration)
    return reduce(and_, [*map(tables.rule, rules), *map(tables.claim, claims)], tables.every)


def solutions(model: FeatureModel, configuration: Iterable[Decision] = ()) -> list[frozenset[str]]:
    """Every valid total configuration that keeps the decisions."""
    return truth(model).sets(allowed(model, rules_of(model), configuration))


def check_steps(
    model: FeatureModel, rules: tuple[Rule, ...], known: frozenset[Claim], steps: tuple[Step, ...], goal: Claim | None
) -> None:
    """Each step follows from its premises by its rule alone, its premises are known, and the last one concludes."""
    assert steps
    for at, step in enumerate(steps):
        assert not step.is_supposition
        assert set(step.premises) <= known
        assert step.rule is None or step.rule in rules
        tables = truth(model)
        conclusions = [] if step.conclusion is None else [step.conclusion]
        under = reduce(and_, map(tables.claim, step.premises), tables.every)
        if step.rule is not None:
            under &= tables.rule(step.rule)
        if not step.cases:
            assert step.rule is not None
            assert not under & ~reduce(or_, map(tables.claim, conclusions), 0)
        else:
            supposed = [case[0].conclusion for case in step.cases]
            assert all(case[0].is_supposition for case in step.cases)
            alternatives = [*conclusions, *(claim for claim in supposed if claim is not None)]
            assert not under & ~reduce(or_, map(tables.claim, alternatives), 0)
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
