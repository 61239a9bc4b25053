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
        if any(not clause for clause in self._given):
            return Circuit([()])
        everything = {self._numbered(clause) for clause in self._given if len(clause) > 1}
        units = [clause[0] for clause in self._given if len(clause) == 1]
        names = set(range(1, self._variables + 1)).union(map(abs, units))
        split = self._split(self._where(everything), units, names)
        if split is None:
            return Circuit([()])
        standing = (self._clauses[number] for part in split.parts for number in array("I", part))
        self._rank = elimination_ranks(standing, self._deadline)
        nodes = []
        for part in split.parts:
            node = self._compile(part)
            if node is None:
                return Circuit([()])
            nodes.append(node)
        self._nodes.append((Branch(split.literals, split.free, tuple(nodes)),))
        return Circuit(self._nodes)

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
        while waiting:
            part = waiting[-1]
            if part in node_of:
                waiting.pop()
                continue
            if time.monotonic() > self._deadline:
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
                # Beside a part that cannot hold, others may be left that were never compiled.
                nodes = tuple(node for inner in split.parts if (node := node_of.get(inner)) is not None)
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
        where = self._where(array("I", part))
        names = set(map(abs, where))
        variable = max(names, key=self._rank.__getitem__)
        either = [self._split(where, [literal], names) for literal in (variable, -variable)]
        return [split for split in either if split is not None]

    def _where(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """The clauses with each literal."""
        clauses = self._clauses
        where: dict[int, list[int]] = {}
        for number in numbers:
            for literal in clauses[number]:
                if literal in where:
                    where[literal].append(number)
                else:
                    where[literal] = [number]
        return where

    def _split(self, where: dict[int, list[int]], units: list[int], names: set[int]) -> _Split | None:
        """What is left of some clauses once the given literals hold; None if that is contradictory."""
        clauses = self._clauses
        settled: set[int] = set()
        satisfied: set[int] = set()
        shorter: dict[int, Clause] = {}
        while units:
            literal = units.pop()
            if literal in settled:
                continue
            if -literal in settled:
                return None
            settled.add(literal)
            satisfied.update(where.get(literal, ()))
            for number in where.get(-literal, ()):
                if number not in satisfied:
                    clause = shorter.get(number) or clauses[number]
                    left = shorter[number] = tuple([other for other in clause if other != -literal])
                    if not left:
                        return None
                    if len(left) == 1:
                        units.append(left[0])
        renumbered = {number: self._numbered(left) for number, left in shorter.items() if number not in satisfied}
        seen = {abs(literal) for literal in settled}
        parts, free = [], []
        # Clauses that hold and clauses that were met are passed over alike.
        met = satisfied
        for name in names:
            if name in seen:
                continue
            seen.add(name)
            members: list[int] = []
            waiting = [name]
            while waiting:
                reached = waiting.pop()
                for literal in (reached, -reached):
                    for number in where.get(literal, ()):
                        if number not in met:
                            met.add(number)
                            number = renumbered.get(number, number)
                            members.append(number)
                            for other in clauses[number]:
                                other_name = other if other > 0 else -other
                                if other_name not in seen:
                                    seen.add(other_name)
                                    waiting.append(other_name)
            if members:
                parts.append(array("I", sorted(set(members))).tobytes())
            else:
                free.append(name)
        parts.sort(key=lambda part: (len(part), part))
        return _Split(tuple(settled), tuple(free), tuple(parts))
