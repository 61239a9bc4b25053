"""Two models of the same product line: which configurations one allows and the other does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pysat.solvers import Glucose4

from fatesline.model.features import Constraint, FeatureModel, Group
from fatesline.reasoning.encoding import encode
from fatesline.reasoning.normal_form import Clause, ClauseWriter, counted


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a model differs from an older one.

    Parameters
    ----------
    kind : {'refactoring', 'specialisation', 'generalisation', 'arbitrary edit'}
        The same configurations; fewer; more; some gone and some new.
    gone : frozenset of str or None
        The chosen features of a configuration that only the older model allows.
    new : frozenset of str or None
        The chosen features of a configuration that only the newer model allows.
    """

    kind: Literal["refactoring", "specialisation", "generalisation", "arbitrary edit"]
    gone: frozenset[str] | None
    new: frozenset[str] | None


def compared(old: FeatureModel, new: FeatureModel) -> Comparison:
    """What an edit did to the configurations, with a witness for each direction.

    Notes
    -----
    Configurations are sets of features; a feature that one model does not have is never chosen there. Preferences
    forbid nothing. Terms after Thüm et al. (2009), doi 10.1109/ICSE.2009.5070526.
    """
    gone, added = _outside(old, new), _outside(new, old)
    if gone is None:
        return Comparison("refactoring" if added is None else "generalisation", gone, added)
    return Comparison("specialisation" if added is None else "arbitrary edit", gone, added)


def _outside(inner: FeatureModel, outer: FeatureModel) -> frozenset[str] | None:
    """A configuration of one model that the other one does not allow; None if there is none."""
    encoding = encode(inner)
    names = list(inner.ids) + [name for name in outer.ids if name not in inner]
    number = dict(encoding.number)
    variables = encoding.variables

    def new_variable() -> int:
        nonlocal variables
        variables += 1
        return variables

    with Glucose4(bootstrap_with=encoding.clauses) as solver:
        for name in names[len(inner.ids) :]:
            number[name] = new_variable()
            solver.add_clause([-number[name]])
        breaches: list[tuple[list[int], list[Clause]]] = [
            ([number[name]], []) for name in inner.ids if name not in outer
        ]
        for feature in outer.features:
            if feature.parent is None:
                breaches.append(([-number[feature.id]], []))
            elif feature.id not in inner or inner[feature.id].parent != feature.parent:
                breaches.append(([number[feature.id], -number[feature.parent]], []))
        known_groups = set(inner.groups)
        for group in outer.groups:
            if group not in known_groups:
                breaches += _group_breaches(group, number, new_variable)
        known = {constraint.formula for constraint in inner.constraints if constraint.level != "preference"}
        writer = ClauseWriter(number, new_variable)
        breaches += [
            _constraint_breach(constraint, writer, new_variable)
            for constraint in outer.constraints
            if constraint.level != "preference" and constraint.formula not in known
        ]
        for assumed, clauses in breaches:
            solver.append_formula(clauses)
            if solver.solve(assumptions=assumed):
                holds = {literal for literal in solver.get_model() if literal > 0}
                return frozenset(name for name in names if number[name] in holds)
    return None


def _group_breaches(
    group: Group, number: dict[str, int], new_variable: Callable[[], int]
) -> list[tuple[list[int], list[Clause]]]:
    """Too many members, or too few although the parent holds."""
    members = [number[member] for member in group.members]
    breaches = []
    if group.maximum < len(members):
        too_many = new_variable()
        breaches.append(([too_many], counted(members, group.maximum + 1, len(members), too_many, new_variable)))
    if group.minimum:
        too_few, left_out = new_variable(), len(members) - group.minimum + 1
        clauses = counted([-member for member in members], left_out, len(members), too_few, new_variable)
        breaches.append(([too_few, number[group.parent]], clauses))
    return breaches


def _constraint_breach(
    constraint: Constraint, writer: ClauseWriter, new_variable: Callable[[], int]
) -> tuple[list[int], list[Clause]]:
    breach = new_variable()
    return [breach], [(*clause, -breach) for clause in writer.clauses(constraint.formula, holds=False)]
