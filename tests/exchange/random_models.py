"""Random feature models with awkward names, what makes two of them the same, and where the real ones are."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fatesline.model.features import LEVELS, Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, equivalence, feature, implication, negation

#: ``FATES_EXAMPLES=1000 pytest tests/exchange`` is the thorough run.
USUAL = settings(
    max_examples=int(os.environ.get("FATES_EXAMPLES", "80")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

REAL_MODELS = Path(__file__).parents[2].parent / "shared" / "models"

#: Words of the formats, dots, blanks, comment marks, operators, umlauts: all of them are names somewhere.
AWKWARD = (
    "A", "features", "or", "true", "a b", "x//y", "a.b", "a-b", "_hidden", "12B", "(a)", "a & b", "!a", "[1]", "é",
    "sum", "{x}", "/* a", "a*/", "'quoted'", "Größe", "var", "<tag>", "a&amp;b", "p cnf 1 1", "a=>b", "root", "7",
    "\\n", "%", "c", "constraint-1",
)  # fmt: skip
names = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_characters='"\r\n.', exclude_categories=["C", "Z"]), min_size=1, max_size=4),
)
scalars = st.one_of(
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_characters="'\r\n", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=5),
)
keys = names.filter(lambda name: "." not in name and name != "abstract")
attributes = st.dictionaries(
    keys,
    st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=3).map(tuple) | st.dictionaries(keys | st.just("abstract"), inner, max_size=2)
        ),
        max_leaves=4,
    ),
    max_size=2,
)


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
            return conjunction(draw(st.lists(inner, max_size=3)))
        case "or":
            return disjunction(draw(st.lists(inner, max_size=3)))
        case "implies":
            return implication(draw(inner), draw(inner))
        case _:
            return equivalence(draw(inner), draw(inner))


@st.composite
def models(draw: st.DrawFn, most: int = 8, soft: bool = True) -> FeatureModel:
    """Up to `most` features in any order, all kinds of groups, arbitrary formulas, attributes."""
    ids = tuple(draw(st.lists(names, min_size=1, max_size=most, unique=True)))
    parents = {name: draw(st.sampled_from(ids[:at])) for at, name in enumerate(ids) if at}
    features = [Feature(name, parents.get(name), draw(st.booleans()), draw(attributes)) for name in ids]
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
    constraint_ids = draw(st.lists(names, max_size=3, unique=True))
    rules = tuple(
        Constraint(own, draw(formulas(ids)), draw(st.sampled_from(levels)), draw(st.integers(1, 3)))
        for own in constraint_ids
    )
    return FeatureModel(tuple(draw(st.permutations(features))), tuple(draw(st.permutations(groups))), rules)


def flattened(formula: Formula) -> Formula:
    """The formula as readers build it: no conjunction of one, none whose first part is one."""
    if formula.kind == "feature":
        return formula
    parts = [flattened(part) for part in formula.parts]
    if formula.kind in ("and", "or"):
        if len(parts) == 1:
            return parts[0]
        if parts and parts[0].kind == formula.kind:
            return Formula(formula.kind, (*parts[0].parts, *parts[1:]))
    return Formula(formula.kind, tuple(parts))


def spelled_out(formula: Formula, truth: Callable[[bool], Formula]) -> Formula:
    """The formula with its empty conjunctions and disjunctions in the words of a format that has none."""
    if formula.kind in ("and", "or") and not formula.parts:
        return truth(formula.kind == "and")
    return Formula(formula.kind, tuple(spelled_out(part, truth) for part in formula.parts), formula.feature)


def groups_of(model: FeatureModel) -> set[tuple[str, frozenset[str], int, int]]:
    """Groups without their order; a mandatory group is told member by member, an optional one not at all."""
    told = set()
    for group in model.groups:
        if group.kind == "mandatory":
            told |= {(group.parent, frozenset([member]), 1, 1) for member in group.members}
        elif group.kind != "optional":
            told.add((group.parent, frozenset(group.members), group.minimum, group.maximum))
    return told


def configurations(model: FeatureModel) -> set[frozenset[str]]:
    """Every valid configuration, by trying all."""
    found = set()
    ids = model.ids
    for size in range(len(ids) + 1):
        for chosen in map(frozenset, combinations(ids, size)):
            if model.root.id not in chosen:
                continue
            if any(each.id in chosen and each.parent and each.parent not in chosen for each in model.features):
                continue
            counts = [(group, sum(member in chosen for member in group.members)) for group in model.groups]
            if any(
                count > group.maximum or (group.parent in chosen and count < group.minimum) for group, count in counts
            ):
                continue
            if all(rule.formula.holds_in(chosen) for rule in model.constraints if rule.level != "preference"):
                found.add(chosen)
    return found


def real_model(name: str) -> Path:
    """A model of the shared folder, or a skipped test."""
    path = REAL_MODELS / name
    if not path.exists():
        pytest.skip(f"the real models are not here: no {name}")
    return path
