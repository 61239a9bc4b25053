"""How many configurations there are, how often each feature is chosen, and configurations drawn uniformly."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel
from fatesline.reasoning.circuit import Circuit, OutOfTime, compiled
from fatesline.reasoning.encoding import without_constraints
from fatesline.reasoning.space import Space

_NOTHING_DECIDED = Configuration()

#: Shares of the mentioned features that are settled, one after the other, until bounds are found in time.
_SHARES = (0.05, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of configurations, or the bounds found for it.

    Parameters
    ----------
    at_least, at_most : int
        Equal if the number is exact.
    """

    at_least: int
    at_most: int

    @property
    def exact(self) -> int | None:
        """The number, if it is known exactly."""
        return self.at_least if self.at_least == self.at_most else None


def count(model: FeatureModel, configuration: Configuration = _NOTHING_DECIDED, *, seconds: float = 10.0) -> Count:
    """The number of total configurations that keep the decisions, exact where the time suffices.

    Parameters
    ----------
    model : FeatureModel
    configuration : Configuration
    seconds : float
        After about this time bounds are given instead (which take up to as long again).

    Returns
    -------
    Count
        The upper bound leaves constraints out; the lower one counts the configurations near one that was found.
    """
    try:
        number = Census(model, seconds=seconds).count(configuration)
    except OutOfTime:
        return _bounds(model, configuration, seconds)
    return Count(number, number)


class Census:
    """All configurations of a model, counted.

    Parameters
    ----------
    model : FeatureModel
    seconds : float
        Time to give up after.

    Raises
    ------
    OutOfTime
        If that did not suffice; :func:`count` then gives bounds.

    Notes
    -----
    Compiled once (exponential in the worst case, seconds for most known models of thousands of features); each question
    is then linear in the circuit.
    """

    def __init__(self, model: FeatureModel, *, seconds: float = 30.0) -> None:
        self._compile(Space(model), [], seconds)

    @classmethod
    def _of(cls, space: Space, held: Sequence[int], seconds: float) -> Census:
        """The census of the configurations in which some literals of kept variables hold."""
        census = cls.__new__(cls)
        census._compile(space, held, seconds)
        return census

    def _compile(self, space: Space, held: Sequence[int], seconds: float) -> None:
        self._space = space
        self._tree = _LeftOut(space)
        clauses = [*space.reduction.clauses, *((literal,) for literal in held)]
        self._variables = max((abs(literal) for clause in clauses for literal in clause), default=0)
        self._circuit = compiled(clauses, self._variables, seconds)

    def count(self, configuration: Configuration = _NOTHING_DECIDED) -> int:
        """The number of total configurations that keep the decisions."""
        weights = self._tree.weights(self._space.literals(configuration), self._variables)
        return _values(self._circuit, weights)[-1]

    def commonality(self, configuration: Configuration = _NOTHING_DECIDED) -> dict[str, Fraction]:
        """The share of the configurations that have each feature, of those that keep the decisions.

        Raises
        ------
        ValueError
            If there is none.
        """
        weights = self._tree.weights(self._space.literals(configuration), self._variables)
        values = _values(self._circuit, weights)
        everything = values[-1]
        if not everything:
            raise ValueError("the configuration is inconsistent: there is nothing to count")
        holding = self._tree.holding(weights, _holding(self._circuit, weights, values, self._variables))
        return {
            feature.id: Fraction(holding[at], everything) for at, feature in enumerate(self._space.model.features, 1)
        }

    def samples(
        self, number: int, seed: int, configuration: Configuration = _NOTHING_DECIDED
    ) -> tuple[frozenset[str], ...]:
        """Total configurations drawn uniformly and independently from those that keep the decisions.

        Parameters
        ----------
        number : int
            How many; the same one may come twice.
        seed : int
            The same seed gives the same sample.
        configuration : Configuration

        Raises
        ------
        ValueError
            If there is none.
        """
        weights = self._tree.weights(self._space.literals(configuration), self._variables)
        values = _values(self._circuit, weights)
        if not values[-1]:
            raise ValueError("the configuration is inconsistent: there is nothing to draw from")
        chance = random.Random(seed)
        features = self._space.model.features
        drawn = []
        for _ in range(number):
            chosen = self._tree.drawn(weights, _drawn(self._circuit, weights, values, chance), chance)
            drawn.append(frozenset(features[at - 1].id for at in chosen))
        return tuple(drawn)


class _Part(NamedTuple):
    """Left-out features of which some number must hold."""

    members: tuple[int, ...]
    least: int
    most: int


class _Weights(NamedTuple):
    """Ways for the left-out features: ``on`` and ``off`` by feature, ``true`` and ``false`` by kept variable."""

    on: list[int]
    off: list[int]
    true: list[int]
    false: list[int]


class _LeftOut:
    """The left-out part of a reduction: how many ways it can be completed, and one of them at random."""

    def __init__(self, space: Space) -> None:
        self._reduction = space.reduction
        self._parts: dict[int, list[_Part]] = {}
        self._class_part: dict[int, _Part] = {}
        reduction = self._reduction
        grouped: set[int] = set()
        for place, group in enumerate(reduction.model.groups):
            members = [member for member in reduction.members[place] if not reduction.kept[member]]
            if not members:
                continue
            grouped.update(members)
            above = reduction.number[group.parent]
            if place in reduction.class_variable:
                part = _Part(tuple(members), 1, min(group.maximum, len(members)))
                self._class_part[reduction.class_variable[place]] = part
            elif group.kind in ("mandatory", "optional"):
                least = 1 if group.kind == "mandatory" else 0
                self._parts.setdefault(above, []).extend(_Part((member,), least, 1) for member in members)
            else:
                self._parts.setdefault(above, []).append(_Part(tuple(members), group.minimum, group.maximum))
        for at in reduction.order:
            if not reduction.kept[at] and at not in grouped:
                self._parts.setdefault(reduction.parent[at], []).append(_Part((at,), 0, 1))

    def weights(self, decided: Sequence[int], variables: int) -> _Weights:
        """Ways to complete what hangs on each variable, under decisions."""
        reduction = self._reduction
        on, off = [1] * len(reduction.parent), [1] * len(reduction.parent)
        true, false = [1] * (variables + 1), [1] * (variables + 1)
        for literal in decided:
            variable = reduction.variable[abs(literal)]
            if variable:
                (false if literal > 0 else true)[variable] = 0
            else:
                (off if literal > 0 else on)[abs(literal)] = 0
        weights = _Weights(on, off, true, false)
        for at in reversed(reduction.order):
            for part in self._parts.get(at, ()):
                ways = self._ways(part, weights)
                apart = all(off[member] for member in part.members)
                if reduction.kept[at]:
                    true[reduction.variable[at]] *= ways
                    false[reduction.variable[at]] *= apart
                else:
                    on[at] *= ways
                    off[at] *= apart
        for variable, part in self._class_part.items():
            true[variable] *= self._ways(part, weights)
            false[variable] *= all(off[member] for member in part.members)
        return weights

    def _ways(self, part: _Part, weights: _Weights) -> int:
        if len(part.members) == 1:
            (member,) = part.members
            return (weights.on[member] if part.most else 0) + (weights.off[member] if not part.least else 0)
        return _ways_after(part, weights)[0][0]

    def holding(self, weights: _Weights, of_variable: Sequence[int]) -> list[int]:
        """In how many configurations each feature holds, from the numbers for the kept variables."""
        reduction = self._reduction
        holding = [0] * len(reduction.parent)
        for variable, part in self._class_part.items():
            self._share(part, of_variable[variable], weights, holding)
        for at in reduction.order:
            if reduction.kept[at]:
                holding[at] = of_variable[reduction.variable[at]]
            for part in self._parts.get(at, ()):
                self._share(part, holding[at], weights, holding)
        return holding

    @staticmethod
    def _share(part: _Part, whole: int, weights: _Weights, holding: list[int]) -> None:
        """Divide the configurations in which the parent holds among the members of one part."""
        after = _ways_after(part, weights)
        everything = after[0][0]
        if not whole or not everything:
            return
        before = [0] * len(after[0])
        before[0] = 1
        for at, member in enumerate(part.members):
            on, off = weights.on[member], weights.off[member]
            with_member = 0
            following = [ways * off for ways in before]
            for level, ways in enumerate(before):
                raised = _raised(level, part)
                if raised is not None:
                    with_member += ways * on * after[at + 1][raised]
                    following[raised] += ways * on
            holding[member] = whole * with_member // everything
            before = following

    def drawn(self, weights: _Weights, true: set[int], chance: random.Random) -> list[int]:
        """Features of a configuration with the given kept variables, the rest drawn in proportion to its ways."""
        reduction = self._reduction
        chosen = []
        waiting = [part for variable, part in self._class_part.items() if variable in true]
        for at in reduction.order:
            if reduction.kept[at] and reduction.variable[at] in true:
                chosen.append(at)
                waiting += self._parts.get(at, ())
        while waiting:
            part = waiting.pop()
            after = _ways_after(part, weights)
            level = 0
            for at, member in enumerate(part.members):
                if chance.randrange(after[at][level]) >= weights.off[member] * after[at + 1][level]:
                    chosen.append(member)
                    waiting += self._parts.get(member, ())
                    raised = _raised(level, part)
                    assert raised is not None
                    level = raised
        return chosen


def _raised(level: int, part: _Part) -> int | None:
    """The level after one more member; more than the least need not be told apart where there is no upper bound."""
    if part.most >= len(part.members):
        return min(level + 1, part.least)
    return level + 1 if level < part.most else None


def _ways_after(part: _Part, weights: _Weights) -> list[list[int]]:
    """Ways for the members from each one on, by the level reached before it."""
    top = part.least if part.most >= len(part.members) else part.most
    rows = [[int(level >= part.least) for level in range(top + 1)]]
    for member in reversed(part.members):
        on, off = weights.on[member], weights.off[member]
        following = rows[-1]
        row = []
        for level in range(top + 1):
            raised = _raised(level, part)
            row.append(off * following[level] + (on * following[raised] if raised is not None else 0))
        rows.append(row)
    rows.reverse()
    return rows


def _values(circuit: Circuit, weights: _Weights) -> list[int]:
    """The weighted number of solutions of each node."""
    values: list[int] = []
    for branches in circuit.nodes:
        value = 0
        for branch in branches:
            product = _own(branch.literals, branch.free, weights)
            for node in branch.nodes:
                product *= values[node]
            value += product
        values.append(value)
    return values


def _own(literals: Sequence[int], free: Sequence[int], weights: _Weights) -> int:
    product = 1
    true, false = weights.true, weights.false
    for literal in literals:
        factor = true[literal] if literal > 0 else false[-literal]
        if factor != 1:
            product *= factor
    for variable in free:
        product *= true[variable] + false[variable]
    return product


def _holding(circuit: Circuit, weights: _Weights, values: Sequence[int], variables: int) -> list[int]:
    """The number of solutions in which each variable holds, from the top down."""
    holding = [0] * (variables + 1)
    uses = [0] * len(values)
    uses[-1] = 1
    for at in range(len(values) - 1, -1, -1):
        if not uses[at] or not values[at]:
            continue
        for branch in circuit.nodes[at]:
            product = uses[at] * _own(branch.literals, branch.free, weights)
            whole = product
            for node in branch.nodes:
                whole *= values[node]
            if not whole:
                continue
            for literal in branch.literals:
                if literal > 0:
                    holding[literal] += whole
            for variable in branch.free:
                if weights.true[variable]:
                    both = weights.true[variable] + weights.false[variable]
                    holding[variable] += whole * weights.true[variable] // both
            for node in branch.nodes:
                uses[node] += whole // values[node]
    return holding


def _drawn(circuit: Circuit, weights: _Weights, values: Sequence[int], chance: random.Random) -> set[int]:
    true: set[int] = set()
    waiting = [len(values) - 1]
    while waiting:
        at = waiting.pop()
        left = chance.randrange(values[at])
        for branch in circuit.nodes[at]:
            ways = _own(branch.literals, branch.free, weights)
            for node in branch.nodes:
                ways *= values[node]
            if left < ways:
                break
            left -= ways
        true.update(literal for literal in branch.literals if literal > 0)
        for variable in branch.free:
            both = weights.true[variable] + weights.false[variable]
            if chance.randrange(both) < weights.true[variable]:
                true.add(variable)
        waiting += branch.nodes
    return true


def enumerated(model: FeatureModel, configuration: Configuration = _NOTHING_DECIDED) -> Iterator[frozenset[str]]:
    """Every total configuration that keeps the decisions, each once.

    Notes
    -----
    Lazy, and in an order of its own that is always the same: the first features of the model vary slowest, and what
    leaves features out comes first. Each step asks whether what has been fixed so far can be completed.
    """
    space = Space(model, keep=model.ids)
    reduction, solutions = space.reduction, space.solutions
    decided, _ = reduction.literals(space.literals(configuration))
    witness = solutions.solution(decided)
    # One literal per variable that was settled beyond the decisions, and whether the other way is still to come.
    fixed: list[tuple[int, bool]] = []
    while witness is not None:
        while len(fixed) < reduction.variables:
            variable = len(fixed) + 1
            if witness >> variable & 1:
                other = solutions.solution([*decided, *(literal for literal, _ in fixed), -variable])
                fixed.append((variable, False) if other is None else (-variable, True))
                witness = other or witness
            else:
                fixed.append((-variable, True))
        yield reduction.names(reduction.total(witness))
        witness = None
        while fixed and witness is None:
            literal, is_open = fixed.pop()
            if is_open:
                witness = solutions.solution([*decided, *(literal for literal, _ in fixed), -literal])
                if witness is not None:
                    fixed.append((-literal, False))


def _bounds(model: FeatureModel, configuration: Configuration, seconds: float) -> Count:
    """Bounds from what is left once the features that most constraints mention are settled, or freed of them."""
    space = Space(model)
    literals, local = space.reduction.literals(space.literals(configuration))
    solution = None if local.clash else space.solutions.solution(literals)
    if solution is None:
        return Count(0, 0)
    hard = [constraint for constraint in model.constraints if constraint.level != "preference"]
    mentions: dict[str, int] = {}
    for constraint in hard:
        named = constraint.formula.variables()
        for name in named:
            mentions[name] = mentions.get(name, 0) + len(named) - 1
    central = sorted(mentions, key=lambda name: -mentions[name])
    number, variable = space.reduction.number, space.reduction.variable
    lower, upper = 0, 0
    for share in _SHARES:
        named = frozenset(central[: int(len(central) * share)])
        held = [variable[number[name]] * (1 if solution >> variable[number[name]] & 1 else -1) for name in named]
        with suppress(OutOfTime):
            lower = lower or Census._of(space, held, seconds / len(_SHARES)).count(configuration)
        with suppress(OutOfTime):
            struck = [constraint.id for constraint in hard if not named.isdisjoint(constraint.formula.variables())]
            freed = Space(without_constraints(model, struck))
            upper = upper or Census._of(freed, [], seconds / len(_SHARES)).count(configuration)
        if lower and upper:
            break
    return Count(max(lower, 1), upper or 2 ** len(model.features))
