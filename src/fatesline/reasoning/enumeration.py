"""All minimal conflicts, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pysat.solvers import Minisat22

from fatesline.reasoning.cores import Core, CoreFinder
from fatesline.reasoning.encoding import Encoding


def minimal_cores(encoding: Encoding, finder: CoreFinder, given: Sequence[int]) -> Iterator[Core]:
    """Every minimal core of the decisions and rules, each once; the first is that of ``finder.refuting``.

    Notes
    -----
    Marco (Liffiton et al. 2016, doi 10.1007/s10601-015-9183-0), biased to large seeds: a solver over one variable per
    decision and rule holds what is still unexplored; a seed that is contradictory shrinks to a core, one that is not
    grows to a maximal consistent set, and either is struck off.
    """
    first = finder.refuting(given)
    if first is None:
        return
    parts = [*range(len(given)), *range(len(given), len(given) + encoding.rules)]
    rules_from = len(given)
    with Minisat22() as unexplored, _Maximal(encoding, finder, given) as maximal:
        unexplored.add_clause([len(parts), -len(parts)])
        unexplored.set_phases([part + 1 for part in parts])
        core: Core | None = first
        while True:
            if core is not None:
                yield core
                indexes = {literal: at for at, literal in enumerate(given)}
                struck = [-1 - indexes[literal] for literal in core.given]
                unexplored.add_clause([*struck, *(-1 - rules_from - rule for rule in core.rules)])
            if not unexplored.solve():
                return
            seed = [literal - 1 for literal in unexplored.get_model() if literal > 0]
            grown = maximal.grown(seed)
            if grown is None:
                seed_rules = [part - rules_from for part in seed if part >= rules_from]
                core = finder.shrunk([given[part] for part in seed if part < rules_from], seed_rules)
            else:
                core = None
                unexplored.add_clause([part + 1 for part in parts if part not in grown])


class _Maximal:
    """Grows consistent sets of decisions and rules: decision ``i`` is part ``i``, the rules follow."""

    def __init__(self, encoding: Encoding, finder: CoreFinder, given: Sequence[int]) -> None:
        self._first_switch = encoding.variables + 1
        self._parts = len(given) + encoding.rules
        self._solver = Minisat22()
        for at, literal in enumerate(given):
            self._solver.add_clause([literal, -(self._first_switch + at)])
        for rule in range(encoding.rules):
            switch = self._first_switch + len(given) + rule
            for clause in finder.clauses_of(rule):
                self._solver.add_clause([*clause, -switch])
        last = self._first_switch + self._parts - 1
        self._solver.add_clause([last, -last])
        self._solver.set_phases(range(self._first_switch, last + 1))

    def __enter__(self) -> _Maximal:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    def grown(self, seed: Sequence[int]) -> set[int] | None:
        """A maximal consistent superset of the seed; None if the seed is contradictory."""
        switches = [self._first_switch + part for part in seed]
        if not self._solver.solve(assumptions=switches):
            return None
        held = self._held()
        for part in range(self._parts):
            if part not in held:
                switches = [self._first_switch + kept for kept in sorted(held)]
                if self._solver.solve(assumptions=[*switches, self._first_switch + part]):
                    held |= self._held()
        return held

    def _held(self) -> set[int]:
        first = self._first_switch
        model = self._solver.get_model()
        return {literal - first for literal in model[first - 1 : first - 1 + self._parts] if literal > 0}
