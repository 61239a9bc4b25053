"""Clauses compiled to a decision circuit (d-DNNF), on which counting and sampling are linear.

Every decision splits what is left into parts that share no variable; equal parts are compiled once. Variables are
decided in the reverse of a minimum-degree elimination order, so that what separates large parts comes first.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fatesline.reasoning.normal_form import Clause


class Branch(NamedTuple):
    """One way for a part to hold: these literals, these variables either way, and these nodes."""

    literals: tuple[int, ...]
    free: tuple[int, ...]
    nodes: tuple[int, ...]


class Circuit(NamedTuple):
    """Nodes in order, each a sum of branches over earlier nodes; the last one is the whole."""

    nodes: list[tuple[Branch, ...]]


class OutOfTime(Exception):
    """The time given did not suffice."""


def compiled(clauses: Iterable[Clause], variables: int, seconds: float) -> Circuit:
    """The circuit of some clauses.

    Parameters
    ----------
    clauses : iterable of tuple of int
    variables : int
        All variables that count, whether they occur or not.
    seconds : float
        Time to give up after.

    Raises
    ------
    OutOfTime
        If that did not suffice.
    """
    return _Compiler(clauses, variables, time.monotonic() + seconds).circuit()


def elimination_ranks(clauses: Iterable[Clause], deadline: float = float("inf")) -> dict[int, int]:
    """Rank of every variable in a minimum-degree elimination of the graph of variables that share a clause.

    Raises
    ------
    OutOfTime
        If the deadline (of ``time.monotonic``) passes.
    """
    near: dict[int, set[int]] = {}
    for clause in clauses:
        names = {abs(literal) for literal in clause}
        for name in names:
            near.setdefault(name, set()).update(names)
    for name, others in near.items():
        others.discard(name)
    by_degree: dict[int, set[int]] = {}
    for name, others in near.items():
        by_degree.setdefault(len(others), set()).add(name)
    ranks: dict[int, int] = {}
    degree = 0
    while len(ranks) < len(near):
        while not by_degree.get(degree):
            degree += 1
        name = min(by_degree[degree])
        by_degree[degree].discard(name)
        ranks[name] = len(ranks)
        others = near[name]
        for other in others:
            joined = near[other]
            before = len(joined)
            joined |= others
            joined.discard(other)
            joined.discard(name)
            if len(joined) != before:
                by_degree[before].discard(other)
                by_degree.setdefault(len(joined), set()).add(other)
        degree = max(0, degree - 1)
        if time.monotonic() > deadline:
            raise OutOfTime
    return ranks


class _Split(NamedTuple):
    """A branch whose parts are still to be compiled."""

    literals: tuple[int, ...]
    free: tuple[int, ...]
    parts: tuple[bytes, ...]


class _Compiler:
    """Parts are the sorted numbers of their clauses, as bytes; a clause that gets shorter gets another number."""

    def __init__(self, clauses: Iterable[Clause], variables: int, deadline: float) -> None:
        self._given = list(clauses)
        self._variables = variables
        self._deadline = deadline
        self._clauses: list[Clause] = []
        self._number: dict[Clause, int] = {}
        self._nodes: list[tuple[Branch, ...]] = []
        self._node_of: dict[bytes, int | None] = {}

    def circuit(self) -> Circuit:
        everything = [self._numbered(clause) for clause in self._given if clause]
        mentioned = {abs(literal) for clause in self._given for literal in clause} | set(range(1, self._variables + 1))
        units = [clause[0] for clause in self._given if len(clause) == 1]
        if any(not clause for clause in self._given):
            return Circuit([()])
        split = self._split(everything, units, mentioned)
        if split is None:
            return Circuit([()])
        self._rank = elimination_ranks((self._clauses[at] for at in self._still(split)), self._deadline)
        nodes = []
        for part in split.parts:
            node = self._compile(part)
            if node is None:
                return Circuit([()])
            nodes.append(node)
        self._nodes.append((Branch(split.literals, split.free, tuple(nodes)),))
        return Circuit(self._nodes)

    def _still(self, split: _Split) -> Iterable[int]:
        for part in split.parts:
            yield from array("I", part)

    def _numbered(self, clause: Clause) -> int:
        number = self._number.get(clause)
        if number is None:
            number = self._number[clause] = len(self._clauses)
            self._clauses.append(clause)
        return number

    def _compile(self, whole: bytes) -> int | None:
        """The node of a part; None if it cannot hold."""
        node_of = self._node_of
        open_splits: dict[bytes, list[_Split]] = {}
        waiting = [whole]
        steps = 0
        while waiting:
            part = waiting[-1]
            if part in node_of:
                waiting.pop()
                continue
            steps += 1
            if not steps & 63 and time.monotonic() > self._deadline:
                raise OutOfTime
            splits = open_splits.get(part)
            if splits is None:
                splits = open_splits[part] = self._splits(part)
            following = self._next_part(splits)
            if following is not None:
                waiting.append(following)
                continue
            branches = []
            for split in splits:
                nodes = tuple(node for inner in split.parts if (node := node_of[inner]) is not None)
                if len(nodes) == len(split.parts):
                    branches.append(Branch(split.literals, split.free, nodes))
            if branches:
                node_of[part] = len(self._nodes)
                self._nodes.append(tuple(branches))
            else:
                node_of[part] = None
            del open_splits[part]
            waiting.pop()
        return node_of[whole]

    def _next_part(self, splits: Sequence[_Split]) -> bytes | None:
        """A part not compiled yet, of a branch that can still hold."""
        node_of = self._node_of
        for split in splits:
            missing = None
            for part in split.parts:
                if part not in node_of:
                    missing = missing or part
                elif node_of[part] is None:
                    break
            else:
                if missing is not None:
                    return missing
        return None

    def _splits(self, part: bytes) -> list[_Split]:
        numbers = array("I", part)
        clauses = self._clauses
        mentioned = {abs(literal) for number in numbers for literal in clauses[number]}
        rank = self._rank
        variable = max(mentioned, key=rank.__getitem__)
        either = [self._split(numbers, [literal], mentioned) for literal in (variable, -variable)]
        return [split for split in either if split is not None]

    def _split(self, numbers: Iterable[int], units: list[int], mentioned: set[int]) -> _Split | None:
        """What is left of some clauses once the given literals hold; None if that is contradictory."""
        clauses, numbered = self._clauses, self._numbered
        settled: set[int] = set()
        while units:
            true = set(units)
            false = {-literal for literal in true}
            if not true.isdisjoint(false):
                return None
            settled |= true
            units = []
            left = []
            for number in numbers:
                clause = clauses[number]
                if true.isdisjoint(clause):
                    if not false.isdisjoint(clause):
                        clause = tuple([literal for literal in clause if literal not in false])
                        if not clause:
                            return None
                        if len(clause) == 1:
                            units.append(clause[0])
                            continue
                        number = numbered(clause)
                    left.append(number)
            numbers = left
        parts, standing = self._parts(set(numbers))
        free = [name for name in mentioned if name not in standing and name not in settled and -name not in settled]
        return _Split(tuple(settled), tuple(free), parts)

    def _parts(self, numbers: set[int]) -> tuple[tuple[bytes, ...], set[int]]:
        """Groups of clauses that share no variable, smallest first, and the variables they have."""
        clauses = self._clauses
        with_name: dict[int, list[int]] = {}
        for number in numbers:
            for literal in clauses[number]:
                name = literal if literal > 0 else -literal
                if name in with_name:
                    with_name[name].append(number)
                else:
                    with_name[name] = [number]
        standing = set(with_name)
        parts = []
        while with_name:
            _, first = with_name.popitem()
            members = set(first)
            waiting = list(first)
            while waiting:
                for literal in clauses[waiting.pop()]:
                    others = with_name.pop(literal if literal > 0 else -literal, None)
                    if others is not None:
                        fresh = [other for other in others if other not in members]
                        members.update(fresh)
                        waiting += fresh
            parts.append(array("I", sorted(members)).tobytes())
        parts.sort(key=lambda part: (len(part), part))
        return tuple(parts), standing
