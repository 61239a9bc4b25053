"""Our own measures of one model: ``python with_fatesline.py FILE SECONDS``."""

from __future__ import annotations

import random
import sys

from measures import DECISIONS, tell, tell_quantiles, timed

from fatesline.exchange import read
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import OutOfTime, Reasoner, core, count, covering, dead, false_optional

#: Pairs of more features than this take minutes and are left out.
MOST_PAIRED = 1000


def main(path: str, seconds: float) -> None:
    """Measure and print, line by line."""
    sys.set_int_max_str_digits(100_000)
    spent, imported = timed(lambda: read(path))
    model = imported.model
    tell("read", spent, f"{len(model.features)} features")
    spent, reasoner = timed(lambda: Reasoner(model))
    reduction = reasoner.space.reduction
    tell("encode", spent, f"{reduction.variables} variables, {len(reduction.clauses)} clauses")
    spent, (always, never) = timed(lambda: (core(reasoner), dead(reasoner)))
    tell("core+dead", spent, f"{len(always)}+{len(never)}")
    spent, found = timed(lambda: false_optional(reasoner, "published"))
    tell("false-optional", spent, str(len(found)))

    chance = random.Random(1)
    open_ids = [name for name in model.ids if name not in always and name not in never]
    times, again = [], []
    for _ in range(DECISIONS):
        asked = Configuration.of([Decision(chance.choice(open_ids), chance.random() < 0.5)])
        times.append(timed(lambda asked=asked: reasoner.consequences(asked))[0])
        again.append(timed(lambda asked=asked: reasoner.consequences(asked))[0])
    tell_quantiles(times)
    tell("asked again p50", sorted(again)[DECISIONS // 2])

    configuration = Configuration()
    while reasoner.is_consistent(configuration):
        last = configuration
        configuration = configuration.with_decision(Decision(chance.choice(open_ids), chance.random() < 0.5))
    settled = reasoner.consequences(last)
    forced = [name for name in model.ids if name in settled.chosen and name not in last]
    asked = chance.sample(forced, min(20, len(forced)))
    reasoner.why(last, asked[0])
    arguments = [timed(lambda name=name: reasoner.why(last, name)) for name in asked]
    tell("argument max", max(spent for spent, _ in arguments), f"of {len(asked)}")
    spent, conflict = timed(lambda: reasoner.conflict(configuration))
    tell("conflict", spent, f"{len(conflict.decisions)}+{len(conflict.rules)} of {len(configuration)}")
    spent, repairs = timed(lambda: reasoner.repairs(configuration))
    tell("repair", spent, str(len(repairs)))
    spent, best = timed(lambda: reasoner.completion(last))
    tell("completion", spent, f"{len(best)} features")
    try:
        spent, number = timed(lambda: count(model, seconds=seconds / 4))
    except OutOfTime:
        pass
    else:
        exact = number.exact
        said = _digits(exact) if exact is not None else f"{_digits(number.at_least)} to {_digits(number.at_most)}"
        tell("count", spent, said)
    if len(model.ids) <= MOST_PAIRED:
        spent, sample = timed(lambda: covering(model, model.ids))
        tell("pairwise", spent, str(len(sample)))


def _digits(number: int) -> str:
    digits = str(number)
    return digits if len(digits) < 7 else f"{digits[0]}.{digits[1:5]}e{len(digits) - 1}"


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
