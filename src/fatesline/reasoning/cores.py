"""Few decisions and rules that already contradict each other, none of which can be left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from pysat.solvers import Minisat22

from fatesline.reasoning.encoding import Encoding
from fatesline.reasoning.normal_form import Clause


class Core(NamedTuple):
    """Literals of decisions and numbers of rules that do not go together."""

    given: tuple[int, ...]
    rules: tuple[int, ...]


class CoreFinder:
    """Finds minimal cores of one encoding.

    Notes
    -----
    The answer depends on the question alone, never on earlier ones: breadth-first unit propagation finds the
    contradiction with the shortest chain; where it finds none, a solver made for this one question does.
    """

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        self._clauses_with: dict[int, list[int]] | None = None

    def refuting(self, given: Sequence[int], goal: int = 0) -> Core | None:
        """A minimal core of the decisions and the rules; with a goal, of those that force the goal.

        Parameters
        ----------
        given : sequence of int
            Literals of the decisions, no literal with its opposite.
        goal : int
            A literal, or 0 for a contradiction.

        Returns
        -------
        Core or None
            None if there is no contradiction (or the goal is not forced).

        Notes
        -----
        Minimal by deletion. Decisions are tried first, and against all rules: what the rules refute without a decision
        is not blamed on it. Then the tree is tried before the constraints, because people recognise a constraint sooner
        than a parent.
        """
        candidates = self._candidates(given, goal)
        if candidates is None:
            return None
        blamed = self._blamed(candidates.given, goal)
        if blamed != candidates.given:
            candidates = self._candidates(blamed, goal)
            assert candidates is not None
        return self._shrunk(candidates, goal)

    def _candidates(self, given: Sequence[int], goal: int) -> Core | None:
        return self._propagated(given, goal) or self._solved(given, self._rules(), goal)

    def _blamed(self, given: tuple[int, ...], goal: int) -> tuple[int, ...]:
        """Those of the decisions without which the rules, all of them, would not refute the rest."""
        if not given:
            return given
        with Minisat22(bootstrap_with=self._encoding.clauses) as solver:
            if goal:
                solver.add_clause((-goal,))
            for literal in given:
                fewer = [kept for kept in given if kept != literal]
                if len(fewer) < len(given) and not solver.solve(assumptions=fewer):
                    needed = set(solver.get_core() or ())
                    given = tuple(kept for kept in fewer if kept in needed)
        return given

    def shrunk(self, given: Sequence[int], rules: Sequence[int]) -> Core | None:
        """A minimal core among the given decisions and rules only; None if these go together."""
        candidates = self._solved(given, rules, 0)
        return None if candidates is None else self._shrunk(candidates, 0)

    def clauses_of(self, rule: int) -> list[Clause]:
        """The clauses of one rule."""
        return self._by_rule[rule]

    @cached_property
    def _by_rule(self) -> list[list[Clause]]:
        by_rule: list[list[Clause]] = [[] for _ in range(self._encoding.rules)]
        for rule, clause in zip(self._encoding.rule_of, self._encoding.clauses, strict=True):
            by_rule[rule].append(clause)
        return by_rule

    def _rules(self) -> Sequence[int]:
        return range(self._encoding.rules)

    def _propagated(self, given: Sequence[int], goal: int) -> Core | None:
        clauses = self._encoding.clauses
        clauses_with = self._occurrences()
        values: dict[
            int, int
        ] = {}  # literal that holds -> clause that forced it, -1 for decisions, -2 for the refuted goal
        waiting: list[int] = []

        def settle(literal: int, because: int) -> int | None:
            """Note a literal; give the clause that it contradicts, if it was known to be false."""
            if literal in values:
                return None
            if -literal in values:
                return because
            values[literal] = because
            waiting.append(literal)
            return None

        def traced(clause: int, literal: int) -> Core:
            used_given, used_rules = set(), {self._encoding.rule_of[clause]}
            open_literals = [-other for other in clauses[clause]]
            if literal:
                open_literals = [-other for other in clauses[clause] if other != literal]
            reached = set(open_literals)
            while open_literals:
                reason = values[current := open_literals.pop()]
                if reason == -1:
                    used_given.add(current)
                elif reason >= 0:
                    used_rules.add(self._encoding.rule_of[reason])
                    for other in clauses[reason]:
                        if other != current and -other not in reached:
                            reached.add(-other)
                            open_literals.append(-other)
            return Core(tuple(literal for literal in given if literal in used_given), tuple(sorted(used_rules)))

        for literal in given:
            settle(literal, -1)
        if goal in values:
            return Core((goal,), ())
        for clause in clauses_with[0]:
            against = settle(clauses[clause][0], clause) if clauses[clause] else clause
            if against is not None:
                return traced(clause, 0)
        at = 0
        refuted = False
        while True:
            if goal and goal in values:
                return traced(values[goal], goal)
            if at == len(waiting):
                # Forwards first: only where that does not arrive, suppose the opposite.
                if not goal or refuted:
                    return None
                refuted = True
                settle(-goal, -2)
                continue
            literal = waiting[at]
            at += 1
            for clause in clauses_with.get(-literal, ()):
                unknown = 0
                for other in clauses[clause]:
                    if other in values:
                        break
                    if -other not in values:
                        if unknown:
                            break
                        unknown = other
                else:
                    if not unknown:
                        return traced(clause, 0)
                    settle(unknown, clause)

    def _occurrences(self) -> dict[int, list[int]]:
        """Clauses by literal; those of one literal or none under 0."""
        if self._clauses_with is None:
            clauses_with: dict[int, list[int]] = defaultdict(list)
            clauses_with[0] = []
            for at, clause in enumerate(self._encoding.clauses):
                for literal in clause:
                    clauses_with[literal].append(at)
                if len(clause) <= 1:
                    clauses_with[0].append(at)
            self._clauses_with = dict(clauses_with)
        return self._clauses_with

    def _solved(self, given: Sequence[int], rules: Sequence[int], goal: int) -> Core | None:
        with _Switched(self, given, rules, goal) as switched:
            return switched.core(given, rules)

    def _shrunk(self, core: Core, goal: int) -> Core:
        with _Switched(self, core.given, core.rules, goal) as switched:
            for literal in core.given:
                if literal in core.given:
                    fewer = [kept for kept in core.given if kept != literal]
                    core = switched.core(fewer, core.rules) or core
            for rule in core.rules:
                if rule in core.rules:
                    fewer = [kept for kept in core.rules if kept != rule]
                    core = switched.core(core.given, fewer) or core
        return core

    @property
    def variables(self) -> int:
        """How many variables the clauses use."""
        return self._encoding.variables


class _Switched:
    """A solver over some rules, each under a switch of its own; for one question."""

    def __init__(self, finder: CoreFinder, given: Sequence[int], rules: Sequence[int], goal: int) -> None:
        self._switch_of = {rule: finder.variables + at for at, rule in enumerate(rules, 1)}
        self._rule_of = {switch: rule for rule, switch in self._switch_of.items()}
        switched = [
            (*clause, -switch) for rule, switch in self._switch_of.items() for clause in finder.clauses_of(rule)
        ]
        self._solver = Minisat22(bootstrap_with=switched)
        if goal:
            self._solver.add_clause((-goal,))

    def __enter__(self) -> _Switched:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    def core(self, given: Iterable[int], rules: Iterable[int]) -> Core | None:
        """Those of the decisions and rules that the solver needed for a contradiction; None if they go together."""
        given = tuple(given)
        switches = [self._switch_of[rule] for rule in rules]
        if self._solver.solve(assumptions=[*given, *switches]):
            return None
        needed = set(self._solver.get_core() or ())
        return Core(
            tuple(literal for literal in given if literal in needed),
            tuple(sorted(self._rule_of[switch] for switch in switches if switch in needed)),
        )
