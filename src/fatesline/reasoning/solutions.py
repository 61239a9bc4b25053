"""Everything that a set of assumptions forces: one incremental solver, and the solutions it has already found.

A solution is one integer with a bit per variable. Of the remembered solutions those that agree with the assumptions
show at once which variables may still go either way; only the others cost a call of the solver, whose phases are set
against what was seen, so that one call settles many. Each answer is remembered in turn.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pysat.solvers import Glucose4

from fatesline.reasoning.encoding import bits

#: Remembered solutions; the oldest go first. A few hundred settle nearly every question on the largest known models.
MOST_REMEMBERED = 600

#: Remembered answers, by assumptions, for asking again and for undo.
MOST_ANSWERS = 256


class Forced(NamedTuple):
    """Variables that hold, and that do not, in every solution under some assumptions; bit ``i`` is variable ``i``."""

    true: int
    false: int


class Solutions:
    """The solutions of a set of clauses.

    Parameters
    ----------
    clauses : iterable of sequences of int
    watched : int
        Variables 1 to ``watched`` are remembered and answered about; further ones are auxiliary.

    Notes
    -----
    One lock makes it safe to share between threads, which then wait for each other.
    """

    def __init__(self, clauses: Iterable[Sequence[int]], watched: int) -> None:
        self._solver = Glucose4(bootstrap_with=clauses)
        # A variable without clauses would be unknown to the solver, which then leaves it out of its solutions.
        if watched:
            self._solver.add_clause([watched, -watched])
        self._release = weakref.finalize(self, self._solver.delete)
        self._lock = threading.RLock()
        self._watched = watched
        self._all = (1 << watched + 1) - 2
        self._seen: list[int] = []
        self._answers: dict[frozenset[int], Forced | None] = {}
        # Variables fixed whatever is assumed: the solver's `propagate` never reports these.
        self._always: Forced | None = None

    def solution(self, assumptions: Sequence[int] = ()) -> int | None:
        """Some solution under the assumptions, or None."""
        with self._lock:
            agreeing = self._agreeing(assumptions)
            return agreeing[-1] if agreeing else self._solved(list(assumptions))

    def solution_near(self, assumptions: Sequence[int], wanted: Iterable[int]) -> int | None:
        """A new solution under the assumptions in which many of the wanted literals hold, or None."""
        with self._lock:
            self._solver.set_phases(wanted)
            return self._solved(list(assumptions))

    def core(self, assumptions: Sequence[int]) -> list[int]:
        """Some of the assumptions that cannot hold together; they must be contradictory."""
        with self._lock:
            if self._solver.solve(assumptions=list(assumptions)):
                raise ValueError("the assumptions can hold together")
            return list(self._solver.get_core() or ())

    def forced(self, assumptions: Sequence[int] = ()) -> Forced | None:
        """What holds in every solution under the assumptions; None if there is none.

        Notes
        -----
        Complete. At most one call of the solver for each forced variable that unit propagation misses, and usually few
        for the others.
        """
        key = frozenset(assumptions)
        with self._lock:
            if key in self._answers:
                answer = self._answers.pop(key)
            else:
                answer = self._forced(list(assumptions))
                if len(self._answers) >= MOST_ANSWERS:
                    del self._answers[next(iter(self._answers))]
            self._answers[key] = answer
            return answer

    def implied(self, pairs: Iterable[tuple[int, int]], *, seen: bool = True) -> list[tuple[int, int]]:
        """Those pairs of literals whose first cannot hold without the second.

        Parameters
        ----------
        pairs : iterable of pairs of int
        seen : bool
            False if it is known that no remembered solution refutes any of them.
        """
        with self._lock:
            left = list(pairs)
            for known in self._seen if seen else ():
                left = _not_refuted(left, known)
            implied = []
            while left:
                premise, conclusion = left[-1]
                wanted = [literal for premise, conclusion in left for literal in (premise, -conclusion)]
                self._solver.set_phases(wanted)
                found = self._solved([premise, -conclusion])
                if found is None:
                    implied.append(left.pop())
                else:
                    left = _not_refuted(left, found)
            return implied

    def alike(self, among: int) -> list[list[int]]:
        """Sets of variables that no remembered solution tells apart; those that are always equal are together.

        Parameters
        ----------
        among : int
            The variables in question, as bits.
        """
        with self._lock:
            sets = [among]
            for seen in self._seen:
                sets = [part for mask in sets for part in (mask & seen, mask & ~seen) if part & (part - 1)]
            return [list(bits(mask)) for mask in sets]

    def _forced(self, assumed: list[int]) -> Forced | None:
        if self._always is None and assumed:
            self.forced()
            self._always = self._answers[frozenset()] or Forced(0, 0)
        agreeing = self._agreeing(assumed)
        if not agreeing:
            found = self._solved(assumed)
            if found is None:
                return None
            agreeing = [found]
        never_false, ever_true = self._all, 0
        for solution in agreeing:
            never_false &= solution
            ever_true |= solution
        never_true = self._all & ~ever_true
        true, false = self._always or (0, 0)
        true, false = self._propagated(assumed, true, false)
        while True:
            maybe_true, maybe_false = never_false & ~true, never_true & ~false
            if not maybe_true and not maybe_false:
                return Forced(true, false)
            against = [-variable for variable in bits(maybe_true)]
            against += bits(maybe_false)
            self._solver.set_phases(against)
            found = self._solved([*assumed, against[0]])
            if found is None:
                assumed.append(-against[0])
                true, false = self._propagated(assumed, true, false)
            else:
                never_false &= found
                never_true &= ~found

    def _propagated(self, assumed: list[int], true: int, false: int) -> tuple[int, int]:
        watched = self._watched
        _, implied = self._solver.propagate(assumptions=assumed)
        for literal in implied:
            if literal > 0:
                if literal <= watched:
                    true |= 1 << literal
            elif -literal <= watched:
                false |= 1 << -literal
        for literal in assumed:
            if literal > 0:
                true |= 1 << literal
            else:
                false |= 1 << -literal
        return true, false

    def _agreeing(self, assumptions: Iterable[int]) -> list[int]:
        wanted = unwanted = 0
        for literal in assumptions:
            if literal > 0:
                wanted |= 1 << literal
            else:
                unwanted |= 1 << -literal
        return [seen for seen in self._seen if seen & wanted == wanted and not seen & unwanted]

    def _solved(self, assumptions: list[int]) -> int | None:
        if not self._solver.solve(assumptions=assumptions):
            return None
        model = self._solver.get_model()[: self._watched]
        digits = ["1" if literal > 0 else "0" for literal in reversed(model)]
        found = int("".join(digits) or "0", 2) << 1
        self._seen.append(found)
        if len(self._seen) > MOST_REMEMBERED:
            del self._seen[: MOST_REMEMBERED // 4]
        return found


def _not_refuted(pairs: list[tuple[int, int]], solution: int) -> list[tuple[int, int]]:
    return [
        (premise, conclusion)
        for premise, conclusion in pairs
        if (solution >> abs(premise) & 1) != (premise > 0) or (solution >> abs(conclusion) & 1) == (conclusion > 0)
    ]
