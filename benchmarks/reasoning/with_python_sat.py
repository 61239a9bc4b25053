"""python-sat as it comes: the model's clauses in one solver, one query per literal, cores as the solver gives them.

``python with_python_sat.py FILE SECONDS``; the file is read by our reader, which is not counted.
"""

from __future__ import annotations

import signal
import sys
from itertools import islice

from measures import DECISIONS, apart, contradiction, decisions, tell, tell_quantiles, timed
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Glucose4

from fatesline.exchange import read
from fatesline.reasoning.encoding import encode

#: One query per literal takes seconds on large models; fewer decisions are then enough.
LARGE, FEWER = 2000, 5


def main(path: str, seconds: float) -> None:
    """Measure and print, line by line."""
    signal.alarm(int(seconds))
    model = read(path).model
    spent, encoding = timed(lambda: encode(model))
    tell("encode", spent, f"{encoding.variables} variables, {len(encoding.clauses)} clauses")
    solver = Glucose4(bootstrap_with=encoding.clauses)
    number = {name: at for at, name in enumerate(model.ids, start=1)}
    literals = [literal for at in range(1, encoding.features + 1) for literal in (at, -at)]

    def forced(assumed: list[int]) -> list[int]:
        return [literal for literal in literals if not solver.solve(assumptions=[*assumed, -literal])]

    def assumed_by(some: dict[str, bool]) -> list[int]:
        return [number[name] if chosen else -number[name] for name, chosen in some.items()]

    def repaired() -> None:
        problem = WCNF()
        problem.extend([list(clause) for clause in encoding.clauses])
        for literal in assumed:
            problem.append([literal], weight=1)

        def least() -> int:
            with RC2(problem) as search:
                search.compute()
                return int(search.cost)

        spent, given_up = timed(least)
        tell("repair", spent, f"{given_up} of {len(assumed)} given up")

    spent, fixed = timed(lambda: forced([]))
    tell("core+dead", spent, f"{sum(one > 0 for one in fixed)}+{sum(one < 0 for one in fixed)}")
    settled = {abs(literal) for literal in fixed}
    open_names = [name for name in model.ids if number[name] not in settled]
    _, after = contradiction(open_names, lambda some: solver.solve(assumptions=assumed_by(some)))
    assumed = assumed_by(after)
    spent, _ = timed(lambda: solver.solve(assumptions=assumed))
    tell("conflict", spent, f"{len(solver.get_core())} of {len(assumed)}, not minimal, no rules")
    literals = [literal for name in open_names for literal in (number[name], -number[name])]
    asked = islice(decisions(open_names), DECISIONS if encoding.features < LARGE else FEWER)
    tell_quantiles([timed(lambda one=one: forced(assumed_by(dict([one]))))[0] for one in asked])
    apart(repaired, seconds)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
