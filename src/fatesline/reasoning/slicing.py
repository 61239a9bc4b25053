"""A model of some features only: exactly the choices among them that the whole model allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fatesline.errors import UserError
from fatesline.model.features import Constraint, Feature, FeatureModel, unknown_feature
from fatesline.model.formula import disjunction, feature, negation
from fatesline.reasoning.encoding import Encoding, encode
from fatesline.reasoning.reasoner import Reasoner

#: Past this many clauses a slice is given up: no person and few tools could use it.
MOST_CLAUSES = 100_000


def sliced(model: FeatureModel, ids: Collection[str]) -> FeatureModel:
    """The model of the given features and the root.

    Parameters
    ----------
    model : FeatureModel
    ids : collection of str
        The features to keep; the root is kept anyway.

    Returns
    -------
    FeatureModel
        Its configurations are those of the model, cut down to the kept features. Every feature hangs below its nearest
        kept ancestor; groups whose members and parent are all kept stay, and what else held between the kept features
        becomes constraints (``slice_1`` ...). Constraints over kept features alone stay as they are; preferences among
        them too, others are lost.

    Raises
    ------
    UserError
        For an unknown feature, or if what remains would be too large.

    Notes
    -----
    The other variables are eliminated one by one by resolution (Davis and Putnam), the one with the fewest resolvents
    first; exponential in the worst case.
    """
    for name in ids:
        if name not in model:
            raise unknown_feature(name, model.ids)
    kept = {*ids, model.root.id}
    features = tuple(
        Feature(one.id, _nearest(model, one, kept), one.abstract, one.attributes)
        for one in model.features
        if one.id in kept
    )
    groups = tuple(group for group in model.groups if kept.issuperset((group.parent, *group.members)))
    constraints = tuple(one for one in model.constraints if kept.issuperset(one.formula.variables()))
    frame = FeatureModel(features, groups, constraints)
    if not Reasoner(model).is_consistent():
        contradiction = Constraint(_free_id(constraints, 1), negation(feature(model.root.id)))
        return FeatureModel(features, groups, (*constraints, contradiction))
    encoding = encode(model)
    projected = _projected(encoding, {encoding.number[name] for name in kept})
    return FeatureModel(features, groups, (*constraints, *_still_to_say(frame, encoding, projected)))


def _nearest(model: FeatureModel, one: Feature, kept: Collection[str]) -> str | None:
    return next((name for name in model.ancestors(one.id) if name in kept), None)


def _free_id(constraints: Iterable[Constraint], at: int) -> str:
    taken = {constraint.id for constraint in constraints}
    name = f"slice_{at}"
    while name in taken:
        name += "_"
    return name


def _projected(encoding: Encoding, kept: Collection[int]) -> set[frozenset[int]]:
    """Clauses over the kept variables that hold together exactly if the others can be chosen to fit."""
    clauses: set[frozenset[int]] = set()
    with_literal: dict[int, set[frozenset[int]]] = {}

    def add(clause: frozenset[int]) -> None:
        if clause in clauses or any(-literal in clause for literal in clause):
            return
        rarest = min(clause, key=lambda literal: len(with_literal.get(literal, ())), default=None)
        if rarest is None:
            return
        if any(smaller <= clause for literal in clause for smaller in with_literal.get(literal, ())):
            return
        for larger in [other for other in with_literal.get(rarest, ()) if clause < other]:
            remove(larger)
        clauses.add(clause)
        for literal in clause:
            with_literal.setdefault(literal, set()).add(clause)

    def remove(clause: frozenset[int]) -> None:
        clauses.discard(clause)
        for literal in clause:
            with_literal[literal].discard(clause)

    for clause in sorted(encoding.clauses, key=len):
        add(frozenset(clause))
    waiting = set(range(1, encoding.variables + 1)).difference(kept)
    while waiting:
        variable = min(
            waiting, key=lambda name: (len(with_literal.get(name, ())) * len(with_literal.get(-name, ())), name)
        )
        waiting.discard(variable)
        positive, negative = list(with_literal.get(variable, ())), list(with_literal.get(-variable, ()))
        for settled in (*positive, *negative):
            remove(settled)
        for one in sorted(positive, key=_in_order):
            for other in sorted(negative, key=_in_order):
                add((one | other) - {variable, -variable})
        if len(clauses) > MOST_CLAUSES:
            raise UserError(
                f"the slice would need more than {MOST_CLAUSES:,} clauses",
                way_on="Keep more of the features that its constraints name.",
            )
    return clauses


def _in_order(clause: frozenset[int]) -> tuple[int, list[int]]:
    return len(clause), sorted(clause, key=abs)


def _still_to_say(frame: FeatureModel, encoding: Encoding, projected: set[frozenset[int]]) -> list[Constraint]:
    """The projected clauses that tree, groups and constraints of the slice do not imply, short ones first."""
    reasoner = Reasoner(frame)
    number = reasoner.space.reduction.number
    said: list[Constraint] = []
    for clause in sorted(projected, key=_in_order):
        literals = sorted(clause, key=abs)
        names = [(encoding.claim(literal).feature, literal > 0) for literal in literals]
        if reasoner.space.is_possible([-number[name] if holds else number[name] for name, holds in names]):
            parts = [feature(name) if holds else negation(feature(name)) for name, holds in names]
            formula = parts[0] if len(parts) == 1 else disjunction(parts)
            said.append(Constraint(_free_id(frame.constraints, len(said) + 1), formula))
    return said
