"""Formulas to clauses by distribution; a part gets a variable of its own only where the clauses would explode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fatesline.model.formula import Formula

#: A clause is a tuple of non-zero integers, as in DIMACS.
Clause = tuple[int, ...]
_Clauses = list[frozenset[int]]

#: Past this many clauses a product of disjuncts names its largest part instead.
MOST_CLAUSES = 256

#: Past this many pairs of clauses a product is not even tried.
_MOST_PAIRS = 16_384

_IMPOSSIBLE: frozenset[int] = frozenset()


class ClauseWriter:
    """Writes formulas as clauses; remembers which variables are taken.

    Parameters
    ----------
    number : mapping of str to int
        Variable of each feature, from 1.
    new_variable : callable
        Gives the next free variable.

    Notes
    -----
    A named part is tied to its variable in both directions, so that the number of models does not change.
    """

    def __init__(self, number: Mapping[str, int], new_variable: Callable[[], int]) -> None:
        self._number = number
        self._new_variable = new_variable
        self._made: dict[tuple[int, bool], _Clauses] = {}
        self._names: dict[int, int] = {}
        self._definitions: list[Clause] = []

    def clauses(self, formula: Formula, *, holds: bool = True) -> list[Clause]:
        """Clauses that are true together exactly when the formula holds (or does not).

        Returns
        -------
        list of tuple of int
            Empty if the formula is valid; with the empty clause if it is contradictory.
        """
        simple = self._simple_clause(formula) if holds else None
        if simple is not None:
            return simple
        made = [tuple(sorted(clause, key=abs)) for clause in self._clauses(formula, holds)]
        if self._definitions:
            made += self._definitions
        # The memory goes by identity, so it must not outlive the formula.
        self._made.clear()
        self._names.clear()
        self._definitions = []
        return made

    def _simple_clause(self, formula: Formula) -> list[Clause] | None:
        """A formula that is one clause as it stands: nearly all of those in large models; None for others."""
        if formula.kind == "implies":
            left, right = formula.parts
            if left.kind == "feature" and right.kind in ("feature", "not"):
                first = self._number[left.feature]
                if right.kind == "feature":
                    second = self._number[right.feature]
                elif right.parts[0].kind == "feature":
                    second = -self._number[right.parts[0].feature]
                else:
                    return None
                if abs(second) == first:
                    return [] if second == first else [(-first,)]
                return [(-first, second)]
            return None
        if formula.kind == "or":
            literals = set()
            for part in formula.parts:
                if part.kind == "feature":
                    literals.add(self._number[part.feature])
                elif part.kind == "not" and part.parts[0].kind == "feature":
                    literals.add(-self._number[part.parts[0].feature])
                else:
                    return None
            if any(-literal in literals for literal in literals):
                return []
            return [tuple(sorted(literals, key=abs))]
        return None

    def _clauses(self, formula: Formula, holds: bool) -> _Clauses:
        key = (id(formula), holds)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._written(formula, holds)
        return made

    def _written(self, formula: Formula, holds: bool) -> _Clauses:
        match formula.kind:
            case "feature":
                variable = self._number[formula.feature]
                return [frozenset((variable if holds else -variable,))]
            case "not":
                return self._clauses(formula.parts[0], not holds)
            case "and" | "or":
                parts = [(part, holds) for part in formula.parts]
                return self._all(parts) if (formula.kind == "and") == holds else self._some(parts)
            case "implies":
                left, right = formula.parts
                parts = [(left, not holds), (right, holds)]
                return self._some(parts) if holds else self._all(parts)
            case "iff":
                left, right = formula.parts
                one = self._some([(left, False), (right, holds)])
                other = self._some([(left, True), (right, not holds)])
                return _conjoined((one, other))

    def _all(self, parts: list[tuple[Formula, bool]]) -> _Clauses:
        return _conjoined([self._clauses(part, holds) for part, holds in parts])

    def _some(self, parts: list[tuple[Formula, bool]]) -> _Clauses:
        operands = []
        for part, holds in parts:
            written = self._clauses(part, holds)
            if not written:
                return []
            operands.append((written, part, holds))
        operands.sort(key=lambda operand: len(operand[0]))
        product: _Clauses = [_IMPOSSIBLE]
        for written, part, holds in operands:
            longer = _product(product, written) if len(product) * len(written) <= _MOST_PAIRS else None
            if longer is None or len(longer) > MOST_CLAUSES:
                longer = _product(product, [frozenset((self._name(part, holds),))])
            product = longer
        return product

    def _name(self, part: Formula, holds: bool) -> int:
        name = self._names.get(id(part))
        if name is None:
            if_true, if_false = self._clauses(part, True), self._clauses(part, False)
            name = self._names[id(part)] = self._new_variable()
            self._definitions += [(-name, *sorted(clause, key=abs)) for clause in if_true]
            self._definitions += [(name, *sorted(clause, key=abs)) for clause in if_false]
        return name if holds else -name


def _conjoined(operands: Iterable[_Clauses]) -> _Clauses:
    return _leanest([clause for written in operands for clause in written])


def _product(left: _Clauses, right: _Clauses) -> _Clauses:
    """Every clause of one with every clause of the other, without the always true ones."""
    opposed = [(added, frozenset([-literal for literal in added])) for added in right]
    if len(right) == 1:
        ((added, opposite),) = opposed
        return [clause | added for clause in left if clause.isdisjoint(opposite)]
    made: _Clauses = []
    for clause in left:
        if any(added <= clause for added in right):
            made.append(clause)
        else:
            made += [clause | added for added, opposite in opposed if clause.isdisjoint(opposite)]
    return _leanest(made)


def _leanest(clauses: _Clauses) -> _Clauses:
    """Without those that another one implies."""
    if len(clauses) < 2:
        return clauses
    clauses = sorted(dict.fromkeys(clauses), key=len)
    if not clauses[0]:
        return clauses[:1]
    kept: _Clauses = []
    # A clause can only be implied by one that is filed under one of its own literals.
    filed: dict[int, list[frozenset[int]]] = {}
    for clause in clauses:
        if not _is_implied(clause, filed):
            kept.append(clause)
            filed.setdefault(max(clause), []).append(clause)
    return kept


def _is_implied(clause: frozenset[int], filed: dict[int, list[frozenset[int]]]) -> bool:
    for literal in clause:
        if literal in filed:
            for smaller in filed[literal]:
                if smaller <= clause:
                    return True
    return False


def counted(
    members: list[int], minimum: int, maximum: int, condition: int, new_variable: Callable[[], int]
) -> list[Clause]:
    """Clauses for: at most ``maximum`` members hold, and at least ``minimum`` if the condition holds.

    Parameters
    ----------
    members : list of int
        Variables, all different.
    minimum, maximum : int
        ``0 <= minimum <= maximum <= len(members)``.
    condition : int
        Literal under which the lower bound applies.
    new_variable : callable
        Gives the next free variable.

    Notes
    -----
    Small groups without auxiliary variables; beyond that a sequential counter with full equivalences (Sinz 2005, doi
    10.1007/11564751_73, completed in both directions), so that the number of models does not change and unit
    propagation still finds every forced member.
    """
    size = len(members)
    if minimum == size:
        return [(-condition, member) for member in members]
    clauses: list[Clause] = []
    upper_as_pairs = maximum == 1 and size <= 6
    lower_direct = minimum <= 1 or (minimum == size - 1 and size <= 6)
    if minimum == 1:
        clauses.append((-condition, *members))
    elif minimum == size - 1 and lower_direct and minimum:
        clauses += [(-condition, one, other) for at, one in enumerate(members) for other in members[at + 1 :]]
    if maximum == size:
        upper_direct = True
    elif maximum == 0:
        upper_direct = True
        clauses += [(-member,) for member in members]
    elif maximum == size - 1:
        upper_direct = True
        clauses.append(tuple(-member for member in members))
    elif upper_as_pairs:
        upper_direct = True
        clauses += [(-one, -other) for at, one in enumerate(members) for other in members[at + 1 :]]
    else:
        upper_direct = False
    if lower_direct and upper_direct:
        return clauses
    highest = max(0 if lower_direct else minimum, 0 if upper_direct else maximum + 1)
    # reached[j]: at least j of the members seen so far hold.
    reached: list[int] = []
    for at, member in enumerate(members):
        width = min(at + 1, highest)
        now = []
        for level in range(width):
            if at == 0:
                now.append(member)
                continue
            name = new_variable()
            now.append(name)
            before = reached[level] if level < len(reached) else 0
            below = reached[level - 1] if level else 0
            # name <=> before or (member and below); without `before` the level is reached now or never.
            if before:
                clauses.append((-before, name))
            clauses.append((-member, name) if not level else (-member, -below, name))
            clauses.append((-name, before, member) if before else (-name, member))
            if level:
                clauses.append((-name, before, below) if before else (-name, below))
        reached = now
        if not upper_direct and at >= maximum and len(now) > maximum:
            clauses.append((-now[maximum],))
    if not lower_direct:
        clauses.append((-condition, reached[minimum - 1]))
    return clauses
