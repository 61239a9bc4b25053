"""Model -> clauses over flat integers, each clause belonging to one rule of the model."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel, unknown_feature
from fatesline.reasoning.normal_form import Clause, ClauseWriter, counted
from fatesline.reasoning.results import Claim, Rule


@dataclass(frozen=True, slots=True)
class Encoding:
    """The hard rules of a model as clauses; preferences are left out.

    Parameters
    ----------
    model : FeatureModel
    number : dict of str to int
        Variable of each feature: its place in the model, from 1. Auxiliary variables come after the features.
    clauses : list of tuple of int
    rule_of : array of int
        Number of the rule that each clause belongs to; rules are the root, then one per feature with a parent, then the
        groups, then the constraints. Clauses of one rule follow each other.
    variables : int
        How many, auxiliary ones included.
    """

    model: FeatureModel
    number: dict[str, int]
    clauses: list[Clause]
    rule_of: array[int]
    variables: int

    @property
    def features(self) -> int:
        """How many variables are features."""
        return len(self.number)

    @property
    def rules(self) -> int:
        """How many rules there are."""
        return len(self.model.features) + len(self.model.groups) + len(self.model.constraints)

    def rule(self, number: int) -> Rule:
        """The rule with the given number."""
        model = self.model
        if number < len(model.features):
            feature = model.features[number]
            return Rule("root" if feature.parent is None else "parent", feature.id)
        number -= len(model.features)
        if number < len(model.groups):
            return Rule("group", model.groups[number].parent, model.groups[number])
        return Rule("constraint", model.constraints[number - len(model.groups)].id)

    def claim(self, literal: int) -> Claim:
        """What a literal over a feature says."""
        return Claim(self.model.features[abs(literal) - 1].id, literal > 0)

    def literals(self, configuration: Configuration) -> list[int]:
        """One literal per decision, in the order of the decisions.

        Raises
        ------
        UserError
            If a decision is on a feature that the model does not have.
        """
        number = self.number
        try:
            return [
                number[decision.feature] if decision.chosen else -number[decision.feature] for decision in configuration
            ]
        except KeyError as missing:
            raise unknown_feature(str(missing.args[0]), number) from None


def encode(model: FeatureModel) -> Encoding:
    """Write the tree, the groups and the hard constraints as clauses.

    Notes
    -----
    Linear in the model, but for constraints whose clause form is larger than themselves (at most
    ``normal_form.MOST_CLAUSES`` clauses for each disjunction). "At most" of a group is stated without the parent, which
    its members need anyway.
    """
    number = {feature.id: at for at, feature in enumerate(model.features, 1)}
    clauses: list[Clause] = []
    sizes = array("l")
    variables = len(number)

    def new_variable() -> int:
        nonlocal variables
        variables += 1
        return variables

    for at, feature in enumerate(model.features, 1):
        clauses.append((at,) if feature.parent is None else (-at, number[feature.parent]))
        sizes.append(1)
    for group in model.groups:
        members = [number[member] for member in group.members]
        written = counted(members, group.minimum, group.maximum, number[group.parent], new_variable)
        clauses += written
        sizes.append(len(written))
    writer = ClauseWriter(number, new_variable)
    for constraint in model.constraints:
        written = writer.clauses(constraint.formula) if constraint.level != "preference" else []
        clauses += written
        sizes.append(len(written))
    rule_of = array("l", (rule for rule, size in enumerate(sizes) for _ in range(size)))
    return Encoding(model, number, clauses, rule_of, variables)


def without_constraints(model: FeatureModel, switched_off: Collection[str]) -> FeatureModel:
    """The model with some of its constraints left out.

    Raises
    ------
    ValueError
        If there is no constraint of a given id.
    """
    off = frozenset(switched_off)
    kept = tuple(constraint for constraint in model.constraints if constraint.id not in off)
    if len(model.constraints) - len(kept) != len(off):
        unknown = sorted(off - {constraint.id for constraint in model.constraints})
        raise ValueError(f"no such constraints: {', '.join(unknown)}")
    return FeatureModel(model.features, model.groups, kept)


def bits(mask: int) -> Iterator[int]:
    """Positions of the ones of a non-negative integer, rising."""
    digits = bin(mask)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
