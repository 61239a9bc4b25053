"""Our own measures of one model: ``python with_fatesline.py FILE SECONDS``."""

from __future__ import annotations

import random
import signal
import sys
from itertools import islice
from pathlib import Path

from measures import DECISIONS, MOST_PAIRED, apart, contradiction, decisions, digits, tell, tell_quantiles, timed

from fatesline.exchange import read
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import OutOfTime, Reasoner, core, count, covering, dead, false_optional


def main(path: str, seconds: float) -> None:
    """Measure and print, line by line."""
    signal.alarm(int(seconds))
    sys.set_int_max_str_digits(100_000)
    spent, imported = timed(lambda: read(path))
    model = imported.model
    per_byte = spent * 1000 / Path(path).stat().st_size
    tell("read", spent, f"{len(model.features)} features, {per_byte:.2f} µs a byte", per_byte)
    spent, reasoner = timed(lambda: Reasoner(model))
    reduction = reasoner.space.reduction
    tell("encode", spent, f"{reduction.variables} variables, {len(reduction.clauses)} clauses")
    spent, (always, never) = timed(lambda: (core(reasoner), dead(reasoner)))
    tell("core+dead", spent, f"{len(always)}+{len(never)}")
    spent, found = timed(lambda: false_optional(reasoner, "published"))
    tell("false-optional", spent, str(len(found)))

    open_ids = [name for name in model.ids if name not in always and name not in never]
    times, again = [], []
    for name, chosen in islice(decisions(open_ids), DECISIONS):
        asked = Configuration.of([Decision(name, chosen)])
        times.append(timed(lambda asked=asked: reasoner.consequences(asked))[0])
        again.append(timed(lambda asked=asked: reasoner.consequences(asked))[0])
    tell_quantiles(times)
    tell_quantiles(again, "asked again")

    before, after = contradiction(open_ids, lambda some: reasoner.is_consistent(_configuration(some)))
    last, configuration = _configuration(before), _configuration(after)
    settled = reasoner.consequences(last)
    forced = [name for name in model.ids if name in settled.chosen and name not in last]
    some = random.Random(3).sample(forced, min(20, len(forced)))
    reasoner.why(last, some[0])
    arguments = [timed(lambda name=name: reasoner.why(last, name))[0] for name in some]
    tell("argument max", max(arguments), f"of {len(some)}")
    spent, conflict = timed(lambda: reasoner.conflict(configuration))
    tell("conflict", spent, f"{len(conflict.decisions)} of {len(configuration)}, {len(conflict.rules)} rules")
    spent, repairs = timed(lambda: reasoner.repairs(configuration))
    tell("repair", spent, f"{len(repairs)} repairs")
    spent, best = timed(lambda: reasoner.completion(last))
    tell("completion", spent, f"{len(best)} features")

    def counted() -> None:
        try:
            spent, number = timed(lambda: count(model, seconds=seconds / 4))
        except OutOfTime:
            return
        if number.exact is not None:
            tell("count", spent, digits(number.exact), 1)
        else:
            tell("count", spent, f"bounds only: {digits(number.at_least)} to {digits(number.at_most)}")

    def paired() -> None:
        spent, sample = timed(lambda: covering(model, model.ids))
        tell("pairwise", spent, f"{len(sample)} configurations", len(sample))

    apart(counted, seconds)
    if len(model.ids) <= MOST_PAIRED:
        apart(paired, seconds)


def _configuration(some: dict[str, bool]) -> Configuration:
    return Configuration.of(Decision(name, chosen) for name, chosen in some.items())


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
