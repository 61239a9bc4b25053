"""A feature model without what no constraint touches; what was left out follows from the tree alone.

Subtrees that no constraint mentions are left out, mandatory children share the variable of their parent, and one class
variable stands for the untouched members of a group whose other members are kept. The tree tells everything about what
was left out: each part can always be completed once its parent is known, and a decision inside it bears on the kept
part through a single literal.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fatesline.model.features import Constraint, FeatureModel, Group
from fatesline.reasoning.encoding import bits
from fatesline.reasoning.normal_form import Clause, ClauseWriter, counted
from fatesline.reasoning.solutions import Forced


class Local(NamedTuple):
    """What decisions inside left-out parts mean.

    Parameters
    ----------
    literals : dict of int to list of int
        Literals of kept variables, each with the features whose decisions ask for it.
    clash : list of int
        Features whose decisions contradict each other within one part; empty if they go together.
    must, cannot : set of int
        Left-out features that a decision below them needs, and those that decisions at or below them exclude.
    touched : dict of int to list of int
        Features with decided or touched left-out children, and these children.
    """

    literals: dict[int, list[int]]
    clash: list[int]
    must: set[int]
    cannot: set[int]
    touched: dict[int, list[int]]


_NOTHING_LOCAL = Local({}, [], set(), set(), {})


class Reduction:
    """The tree in flat arrays, the clauses over kept variables, and the way back.

    Parameters
    ----------
    model : FeatureModel
    keep : iterable of str
        Ids to keep although no constraint mentions them.

    Attributes
    ----------
    clauses : list of tuple of int
    variables : int
        Kept variables, class variables included; auxiliary ones come after them.
    variable : array of int
        Of each feature (features are numbered from 1 in the order of the model), 0 if it was left out.
    class_variable : dict of int to int
        Of each group, by its place in the model, whose untouched members were put together.
    """

    def __init__(self, model: FeatureModel, keep: Iterable[str] = ()) -> None:
        self.model = model
        number = self.number = {feature.id: at for at, feature in enumerate(model.features, 1)}
        size = len(number) + 1
        self.parent = array("l", [0]) + array(
            "l", [number[feature.parent] if feature.parent is not None else 0 for feature in model.features]
        )
        self.children: list[list[int]] = [[] for _ in range(size)]
        for at in range(1, size):
            self.children[self.parent[at]].append(at)
        self.members = [[number[member] for member in group.members] for group in model.groups]
        self.group_of = array("l", [-1]) * size
        for place, members in enumerate(self.members):
            for member in members:
                self.group_of[member] = place
        self._groups_below: dict[int, list[int]] = {}
        for place, group in enumerate(model.groups):
            self._groups_below.setdefault(number[group.parent], []).append(place)
        self._walk()
        self._hard = [constraint for constraint in model.constraints if constraint.level != "preference"]
        self._mentioned = _mentioned(self._hard)
        self.kept = self._kept(keep)
        self.variable = array("l", [0]) * size
        self.class_variable: dict[int, int] = {}
        self.variables = 0
        self.clauses = self._written()
        self._true_with, self._false_with, self._never = self._followers()

    def _walk(self) -> None:
        """Number the features so that every subtree is a range: bit ``start`` up to ``end`` of a set of features."""
        self.start = array("l", [0]) * len(self.parent)
        self.end = array("l", [0]) * len(self.parent)
        self.order = array("l")
        waiting = list(self.children[0])
        while waiting:
            at = waiting.pop()
            self.start[at] = len(self.order)
            self.order.append(at)
            waiting += reversed(self.children[at])
        for at in reversed(self.order):
            self.end[at] = self.start[at] + 1
            if self.children[at]:
                self.end[at] = self.end[self.children[at][-1]]
        self._in_order = all(at == place for place, at in enumerate(self.order, 1))

    def _kept(self, keep: Iterable[str]) -> bytearray:
        number, parent = self.number, self.parent
        kept = bytearray(len(parent))
        mentioned = {number[name] for name in keep} | {number[name] for name in self._mentioned}
        mentioned.add(self.order[0])
        for at in mentioned:
            while at and not kept[at]:
                kept[at] = 1
                at = parent[at]
        for group, members in zip(self.model.groups, self.members, strict=True):
            if kept[self.number[group.parent]] and any(kept[member] for member in members):
                untouched = [member for member in members if not kept[member]]
                together = group.kind in ("some", "mandatory", "optional") or group.maximum == 1
                if not together or (len(untouched) == 1 and group.kind not in ("mandatory", "optional")):
                    for member in untouched:
                        kept[member] = 1
        return kept

    def _written(self) -> list[Clause]:
        groups, variable = self.model.groups, self.variable
        clauses: list[Clause] = []
        for at in self.order:
            if not self.kept[at]:
                continue
            above = variable[self.parent[at]]
            place = self.group_of[at]
            if above and place >= 0 and groups[place].kind == "mandatory":
                variable[at] = above
                continue
            self.variables += 1
            variable[at] = self.variables
            clauses.append((-self.variables, above) if above else (self.variables,))
        asked: list[tuple[list[int], Group, int]] = []
        for place, (group, members) in enumerate(zip(groups, self.members, strict=True)):
            if group.kind in ("mandatory", "optional") or not any(self.kept[member] for member in members):
                continue
            above = variable[self.number[group.parent]]
            standing = [variable[member] for member in members if self.kept[member]]
            if len(standing) < len(members):
                self.variables += 1
                self.class_variable[place] = self.variables
                clauses.append((-self.variables, above))
                standing.append(self.variables)
            asked.append((standing, group, above))
        last = self.variables

        def new_variable() -> int:
            nonlocal last
            last += 1
            return last

        for standing, group, above in asked:
            most = group.maximum if group.maximum < len(group.members) else len(standing)
            clauses += counted(standing, group.minimum, most, above, new_variable)
        writer = ClauseWriter({name: variable[self.number[name]] for name in self._mentioned}, new_variable)
        for constraint in self._hard:
            clauses += writer.clauses(constraint.formula)
        return clauses

    def _followers(self) -> tuple[list[int], list[int], int]:
        """Features that hold, and that do not, with each kept variable; and left-out ones that never hold."""
        true_with, false_with = [0] * (self.variables + 1), [0] * (self.variables + 1)
        never = 0
        for at in self.order:
            if self.kept[at]:
                variable = self.variable[at]
                true_with[variable] |= 1 << self.start[at]
                false_with[variable] |= 1 << self.start[at]
                for child in self.children[at]:
                    if not self.kept[child]:
                        false_with[variable] |= self.subtree(child)
                        if self.is_mandatory(child):
                            true_with[variable] |= self._closure(child)
        for place, variable in self.class_variable.items():
            for member in self.members[place]:
                if not self.kept[member]:
                    false_with[variable] |= self.subtree(member)
        for group, members in zip(self.model.groups, self.members, strict=True):
            if group.maximum == 0 and not self.kept[members[0]]:
                for member in members:
                    never |= self.subtree(member)
        return true_with, false_with, never

    def is_mandatory(self, at: int) -> bool:
        """True if the feature holds whenever its parent does, by the tree."""
        place = self.group_of[at]
        return place >= 0 and self.model.groups[place].minimum == len(self.members[place])

    def subtree(self, at: int) -> int:
        """The feature and all below it, as bits."""
        start = self.start[at]
        return ((1 << self.end[at] - start) - 1) << start

    def _closure(self, at: int) -> int:
        """The left-out feature and all below it that hold with it, as bits."""
        held = 0
        waiting = [at]
        while waiting:
            at = waiting.pop()
            held |= 1 << self.start[at]
            waiting += [child for child in self.children[at] if self.is_mandatory(child)]
        return held

    def literals(self, decided: Sequence[int]) -> tuple[list[int], Local]:
        """Literals of kept variables for literals over features, and what those on left-out features mean."""
        literals: dict[int, None] = {}
        inside: list[int] = []
        for literal in decided:
            variable = self.variable[abs(literal)]
            if variable:
                literals[variable if literal > 0 else -variable] = None
            else:
                inside.append(literal)
        if not inside:
            return list(literals), _NOTHING_LOCAL
        local = self._local(inside)
        literals.update(dict.fromkeys(local.literals))
        return list(literals), local

    def asked_by(self, decided: Sequence[int], literals: Iterable[int], local: Local) -> list[int]:
        """The literals over features that ask for some of the kept literals."""
        wanted = set(literals)
        asking = {at for literal in wanted for at in local.literals.get(literal, ())}
        return [
            literal
            for literal in decided
            if abs(literal) in asking
            or ((variable := self.variable[abs(literal)]) and (variable if literal > 0 else -variable) in wanted)
        ]

    def _local(self, inside: Sequence[int]) -> Local:
        touched: dict[int, list[int]] = {}
        decided = {abs(literal): literal > 0 for literal in inside}
        # In the order of the tree, where what lies below a feature is one stretch.
        stretch = sorted(decided, key=lambda at: self.start[at])
        starts = [self.start[at] for at in stretch]

        def decided_below(at: int) -> list[int]:
            return stretch[bisect_left(starts, self.start[at]) : bisect_left(starts, self.end[at])]

        seen: set[int] = set()
        for at in decided:
            while not self.kept[at] and at not in seen:
                seen.add(at)
                touched.setdefault(self.parent[at], []).append(at)
                at = self.parent[at]
        must, cannot = set(), set()
        literals: dict[int, list[int]] = {}
        for at in sorted(touched.keys() | seen, key=lambda at: -self.start[at]):
            children = touched.get(at, [])
            needs = any(child in must for child in children)
            possible = True
            for place, group_children in self._by_group(children).items():
                # A class of untouched members is judged below, by its own variable.
                if place < 0 or place in self.class_variable:
                    continue
                group, members = self.model.groups[place], self.members[place]
                needed = sum(child in must for child in group_children)
                left = len(members) - sum(child in cannot for child in group_children)
                if needed > group.maximum or left < group.minimum:
                    possible = False
            if not self.kept[at]:
                if needs or decided.get(at) is True:
                    must.add(at)
                if not possible or decided.get(at) is False:
                    cannot.add(at)
                if at in must and at in cannot:
                    return Local({}, decided_below(at), must, cannot, touched)
                continue
            variable = self.variable[at]
            reasons = [name for child in children for name in decided_below(child)]
            if needs:
                literals.setdefault(variable, []).extend(reasons)
            if not possible:
                literals.setdefault(-variable, []).extend(reasons)
            for place, group_children in self._by_group(children).items():
                if place not in self.class_variable:
                    continue
                kind = self.class_variable[place]
                group, members = self.model.groups[place], self.members[place]
                reasons = [name for child in group_children for name in decided_below(child)]
                needed = sum(child in must for child in group_children)
                left = sum(not self.kept[member] for member in members)
                left -= sum(child in cannot for child in group_children)
                if needed > group.maximum:
                    return Local({}, reasons, must, cannot, touched)
                if needed:
                    literals.setdefault(kind, []).extend(reasons)
                if not left:
                    literals.setdefault(-kind, []).extend(reasons)
        return Local(literals, [], must, cannot, touched)

    def _by_group(self, children: Iterable[int]) -> dict[int, list[int]]:
        by_group: dict[int, list[int]] = {}
        for child in children:
            by_group.setdefault(self.group_of[child], []).append(child)
        return by_group

    def expanded(self, forced: Forced, local: Local) -> Forced:
        """What is forced among all features, by place in :attr:`order`, from what is forced among kept variables."""
        true, false = 0, self._never
        one = 1
        for variable in range(1, self.variables + 1):
            one <<= 1
            if forced.true & one:
                true |= self._true_with[variable]
            elif forced.false & one:
                false |= self._false_with[variable]
        if not local.touched:
            return Forced(true, false)
        spread = _Spread(self, forced, local)
        for at in local.touched:
            if self.kept[at]:
                spread.from_kept(at)
        return Forced(true | spread.true, false | spread.false)

    def total(self, solution: int) -> int:
        """A set of features, by place in :attr:`order`, that completes a solution over kept variables.

        What was left out holds only where a parent or a group asks for it, the first members first.
        """
        held = 0
        waiting = []
        for at in self.order:
            if self.kept[at] and solution >> self.variable[at] & 1:
                held |= 1 << self.start[at]
                waiting.append(at)
        for place, variable in self.class_variable.items():
            if solution >> variable & 1:
                waiting.append(next(member for member in self.members[place] if not self.kept[member]))
        while waiting:
            at = waiting.pop()
            held |= 1 << self.start[at]
            for place in self._groups_below.get(at, ()):
                members = self.members[place]
                untouched = [member for member in members if not self.kept[member]]
                if len(untouched) == len(members) or len(members) == self.model.groups[place].minimum:
                    waiting += untouched[: self.model.groups[place].minimum]
        return held

    def names(self, mask: int) -> frozenset[str]:
        """Ids of a set of features, given by place in :attr:`order`."""
        features, order = self.model.features, self.order
        return frozenset([features[order[place] - 1].id for place in bits(mask)])

    def numbered(self, mask: int) -> int:
        """The same set of features by number instead of by place."""
        if self._in_order:
            return mask << 1
        return sum(1 << self.order[place] for place in bits(mask))


class _Spread:
    """What holds below touched features, top down."""

    def __init__(self, reduction: Reduction, forced: Forced, local: Local) -> None:
        self._reduction = reduction
        self._forced = forced
        self._local = local
        self.true = 0
        self.false = 0

    def from_kept(self, at: int) -> None:
        reduction = self._reduction
        status = self._status(reduction.variable[at])
        waiting = self._children(at, status)
        while waiting:
            child, child_status = waiting.pop()
            waiting += self._settled(child, child_status)

    def _status(self, variable: int) -> bool | None:
        if self._forced.true >> variable & 1:
            return True
        return False if self._forced.false >> variable & 1 else None

    def _settled(self, at: int, status: bool | None) -> list[tuple[int, bool | None]]:
        """Note one left-out feature; give what is to be said of its children."""
        reduction = self._reduction
        if status is False:
            self.false |= reduction.subtree(at)
            return []
        if at not in self._local.touched:
            if status:
                self.true |= reduction._closure(at)
            return []
        if status:
            self.true |= 1 << reduction.start[at]
            untouched = set(reduction.children[at]).difference(self._local.touched[at])
            for child in untouched:
                if reduction.is_mandatory(child):
                    self.true |= reduction._closure(child)
        return self._children(at, status)

    def _children(self, at: int, status: bool | None) -> list[tuple[int, bool | None]]:
        """The status of the left-out children that decisions bear on."""
        must, cannot, reduction = self._local.must, self._local.cannot, self._reduction
        settled: list[tuple[int, bool | None]] = []
        for place, touched in reduction._by_group(self._local.touched[at]).items():
            if place < 0:
                settled += [(child, self._alone(child, status)) for child in touched]
                continue
            group = reduction.model.groups[place]
            members = [member for member in reduction.members[place] if not reduction.kept[member]]
            least, most, of_group = group.minimum, group.maximum, status
            if reduction.kept[at]:
                if place in reduction.class_variable:
                    of_group = self._status(reduction.class_variable[place])
                    least = 1
                elif group.kind == "optional":
                    least, most = 0, len(members)
                elif group.kind == "mandatory":
                    least = most = len(members)
            needed = sum(child in must for child in touched)
            left = len(members) - sum(child in cannot for child in touched)
            for member in members:
                if of_group is False or member in cannot or most == 0:
                    settled.append((member, False))
                elif of_group is None:
                    settled.append((member, None))
                elif member in must:
                    settled.append((member, True))
                elif needed == most:
                    settled.append((member, False))
                else:
                    settled.append((member, True if left == least else None))
        return settled

    def _alone(self, child: int, status: bool | None) -> bool | None:
        if status is False or child in self._local.cannot:
            return False
        return True if child in self._local.must else None


def _mentioned(constraints: Iterable[Constraint]) -> set[str]:
    found: set[str] = set()
    waiting = [constraint.formula for constraint in constraints]
    while waiting:
        formula = waiting.pop()
        if formula.kind == "feature":
            found.add(formula.feature)
        else:
            waiting += formula.parts
    return found
