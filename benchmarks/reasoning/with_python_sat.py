"""python-sat as it comes: the model's clauses in one solver, one query per literal, cores as the solver gives them.

``python with_python_sat.py FILE SECONDS``; the file is read by our reader, which is not counted.
"""

from __future__ import annotations

import random
import sys

from measures import DECISIONS, tell, tell_quantiles, timed
from pysat.solvers import Glucose4

from fatesline.exchange import read
from fatesline.reasoning.encoding import encode

#: One query per literal takes seconds on large models; fewer decisions are then enough.
LARGE, FEWER = 2000, 5


def main(path: str, _: float) -> None:
    """Measure and print, line by line."""
    model = read(path).model
    spent, encoding = timed(lambda: encode(model))
    tell("encode", spent, f"{encoding.variables} variables, {len(encoding.clauses)} clauses")
    solver = Glucose4(bootstrap_with=encoding.clauses)
    literals = [literal for at in range(1, encoding.features + 1) for literal in (at, -at)]

    def forced(assumed: list[int]) -> list[int]:
        return [literal for literal in literals if not solver.solve(assumptions=[*assumed, -literal])]

    spent, fixed = timed(lambda: forced([]))
    tell("core+dead", spent, f"{sum(one > 0 for one in fixed)}+{sum(one < 0 for one in fixed)}")
    chance = random.Random(1)
    settled = {abs(literal) for literal in fixed}
    open_variables = [at for at in range(1, encoding.features + 1) if at not in settled]
    literals = [literal for at in open_variables for literal in (at, -at)]
    number = DECISIONS if encoding.features < LARGE else FEWER
    asked = [chance.choice(open_variables) * chance.choice((1, -1)) for _ in range(number)]
    tell_quantiles([timed(lambda literal=literal: forced([literal]))[0] for literal in asked])
    assumed: list[int] = []
    while solver.solve(assumptions=assumed):
        assumed.append(chance.choice(open_variables) * chance.choice((1, -1)))
    spent, _ = timed(lambda: solver.solve(assumptions=assumed))
    tell("conflict", spent, f"{len(solver.get_core())} of {len(assumed)}, no rules")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
