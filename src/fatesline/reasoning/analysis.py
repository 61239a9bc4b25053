"""What holds of a model as a whole: features that are always or never there, constraints that say nothing new."""

from __future__ import annotations

from typing import Literal

from pysat.solvers import Glucose4

from fatesline.model.features import FeatureModel
from fatesline.reasoning.encoding import bits, encode
from fatesline.reasoning.normal_form import ClauseWriter
from fatesline.reasoning.reasoner import Reasoner
from fatesline.reasoning.results import Conflict

#: Constraints tried against one solver; all others are fixed in it.
_BLOCK = 200


def void(reasoner: Reasoner) -> Conflict | None:
    """Why the model has no configuration at all; None if it has one."""
    return reasoner.conflict()


def core(reasoner: Reasoner) -> frozenset[str]:
    """Features of every configuration; none if the model is void."""
    return reasoner.consequences().chosen if reasoner.is_consistent() else frozenset()


def dead(reasoner: Reasoner) -> frozenset[str]:
    """Features of no configuration; all of them if the model is void."""
    return reasoner.consequences().ruled_out if reasoner.is_consistent() else frozenset(reasoner.model.ids)


def false_optional(reasoner: Reasoner, convention: Literal["strict", "published"] = "strict") -> frozenset[str]:
    """Features that look optional and yet hold whenever their parent does.

    Parameters
    ----------
    reasoner : Reasoner
    convention : {'strict', 'published'}
        A feature looks optional unless it is in a group that asks for all its members; the only child of an ``or`` or
        ``alternative`` group is therefore mandatory. ``strict`` leaves out dead features; the published figures also
        count those below a dead parent.

    Returns
    -------
    frozenset of str
        Empty if the model is void and the convention strict.
    """
    model = reasoner.model
    gone = dead(reasoner)
    bound = {member for group in model.groups if group.kind == "mandatory" for member in group.members}
    looking_optional = [
        (feature.id, feature.parent)
        for feature in model.features
        if feature.parent is not None and feature.id not in bound
    ]
    below_dead = {name for name, parent in looking_optional if parent in gone}
    number = reasoner.space.reduction.number
    live = [(number[parent], number[name]) for name, parent in looking_optional if parent not in gone]
    forced = frozenset(model.features[name - 1].id for name in reasoner.space.implied(live))
    return forced | below_dead if convention == "published" else forced


def redundant_constraints(reasoner: Reasoner) -> tuple[str, ...]:
    """Ids of the constraints that the rest of the model implies, in the order of the model.

    Notes
    -----
    Each taken alone: of two constraints that say the same, both are named, and only one of them can be left out.
    Preferences forbid nothing and are never redundant. In a void model a constraint is redundant if the model is void
    without it.
    """
    model = reasoner.model
    tree = encode(FeatureModel(model.features, model.groups))
    variables = tree.variables

    def new_variable() -> int:
        nonlocal variables
        variables += 1
        return variables

    writer = ClauseWriter(tree.number, new_variable)
    hard = [constraint for constraint in model.constraints if constraint.level != "preference"]
    written = [writer.clauses(constraint.formula) for constraint in hard]
    redundant = []
    for start in range(0, len(hard), _BLOCK):
        block = range(start, min(start + _BLOCK, len(hard)))
        with Glucose4(bootstrap_with=tree.clauses) as solver:
            for at, clauses in enumerate(written):
                if at not in block:
                    solver.append_formula(clauses)
            switches = {at: new_variable() for at in block}
            for at, switch in switches.items():
                for clause in written[at]:
                    solver.add_clause((*clause, -switch))
            for at in block:
                broken = new_variable()
                for clause in writer.clauses(hard[at].formula, holds=False):
                    solver.add_clause((*clause, -broken))
                others = [switch for other, switch in switches.items() if other != at]
                if not solver.solve(assumptions=[*others, broken]):
                    redundant.append(hard[at].id)
                solver.add_clause([-broken])
    return tuple(redundant)


def atomic_sets(reasoner: Reasoner) -> tuple[tuple[str, ...], ...]:
    """Features that are always chosen together or left out together.

    Returns
    -------
    tuple of tuple of str
        A partition of the features that are not dead; sets and their members in the order of the model.

    Notes
    -----
    Solutions at hand separate nearly all features; what they leave together is proved pair by pair, where each
    refutation refutes many pairs.
    """
    reduction, solutions = reasoner.space.reduction, reasoner.space.solutions
    fixed = reasoner.space.forced([])
    if fixed is None:
        return ()
    leader = list(range(reduction.variables + 1))
    always = solutions.forced()
    assert always is not None
    for name in bits(always.true):
        leader[name] = leader[reduction.variable[reduction.order[0]]]
    unsettled = sum(1 << name for name in range(1, reduction.variables + 1)) & ~(always.true | always.false)
    while together := solutions.alike(unsettled):
        pairs = [pair for first, *others in together for name in others for pair in ((first, name), (name, first))]
        implied = set(solutions.implied(pairs, seen=False))
        for first, *others in together:
            same = [name for name in others if (first, name) in implied and (name, first) in implied]
            for name in same:
                leader[name] = first
            unsettled &= ~sum(1 << name for name in (first, *same))
    sets: dict[tuple[bool, int], list[str]] = {}
    above: dict[int, tuple[bool, int]] = {}
    for at in reduction.order:
        if reduction.kept[at]:
            above[at] = (True, leader[reduction.variable[at]])
        else:
            above[at] = above[reduction.parent[at]] if reduction.is_mandatory(at) else (False, at)
    features = reasoner.model.features
    for at, feature in enumerate(features, 1):
        if not fixed.false >> reduction.start[at] & 1:
            sets.setdefault(above[at], []).append(feature.id)
    return tuple(tuple(together) for together in sets.values())
