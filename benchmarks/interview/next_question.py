"""How long until the next question appears, over many random interviews on the built-in catalog.

    python benchmarks/interview/next_question.py --interviews 100

An interview answers at random what can be answered, one time in eight with "I don't know", one time in eight changes an
earlier answer, and takes the first way out of a contradiction into which it falls by not looking. One step is what a
person waits for: from the reply to the next view, the answer itself and the argument of every shown consequence and
option included.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import time

from fatesline.catalog import load
from fatesline.catalog.entry import Question
from fatesline.interview import Session, View
from fatesline.reasoning import Reasoner

Step = tuple[str, float, float]


def reply(session: Session, view: View, question: Question, dice: random.Random) -> tuple[str, ...] | str:
    """An answer that goes with the others, as a person picks among what is open."""
    if dice.random() < 1 / 8:
        return "unknown"
    free = [one.option.id for one in view.options if one.standing == "open"]
    forced = [one.option.id for one in view.options if one.standing == "forced"]
    for _ in range(20):
        picked = [dice.choice(free)] if question.type == "single" else [name for name in free if dice.random() < 0.3]
        if dice.random() < 1 / 8 or session.allows(question.id, (*forced, *picked)):
            return (*forced, *picked)
    return "unknown"


def interview(session: Session, dice: random.Random) -> list[Step]:
    """The steps of one interview: kind, seconds on the clock, seconds of this process."""
    steps: list[Step] = []
    view = session.view()
    while True:
        question = view.question
        kind = "answer"
        if view.blocked is None and session.answers and dice.random() < 1 / 8:
            question, kind = session.catalog.question(dice.choice(list(session.answers))), "change"
        if view.blocked is None and question is None:
            return steps
        shown = session.view_of(question.id) if question is not None and kind == "change" else view
        # What the person does takes no time here.
        given = reply(session, shown, question, dice) if question is not None and view.blocked is None else ""
        clock, own = time.perf_counter(), time.process_time()
        if view.blocked is not None:
            kind = "way out"
            session = session.repaired(view.blocked.repairs[0])
        elif question is not None:
            session = session.answered(question.id, given)
        view = session.view()
        if view.blocked is not None:
            kind = "contradiction"
        steps.append((kind, time.perf_counter() - clock, time.process_time() - own))


def quantile(values: list[float], share: float) -> float:
    """Milliseconds below which this share of the values lies."""
    return 1000 * sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args()

    begin = time.perf_counter()
    catalog = load(packages=False)
    read = time.perf_counter() - begin
    begin = time.perf_counter()
    Session(catalog, Reasoner(catalog.model)).view()
    first = time.perf_counter() - begin

    steps: list[Step] = []
    for number in range(options.interviews):
        # A new reasoner each time: nothing that an earlier interview learnt helps.
        steps += interview(Session(catalog, Reasoner(catalog.model)), random.Random(options.seed + number))

    print(
        f"Python {platform.python_version()}, {platform.machine()}; {options.interviews} interviews, {len(steps)} steps"
    )
    print(
        f"{len(catalog.questions)} questions, {len(catalog.model.ids)} features, {len(catalog.constraints)} constraints"
    )
    print(f"reading the catalog {read:.2f} s; first question {1000 * first:.0f} ms after that")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")
    print("| step | count | median ms | p95 ms | p99 ms | longest ms | p95 ms of CPU |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for kind in ("answer", "change", "contradiction", "way out", "all"):
        clock = [one[1] for one in steps if kind in (one[0], "all")]
        own = [one[2] for one in steps if kind in (one[0], "all")]
        if clock:
            figures = [quantile(clock, 0.5), quantile(clock, 0.95), quantile(clock, 0.99), 1000 * max(clock)]
            told = " | ".join(f"{figure:.1f}" for figure in [*figures, quantile(own, 0.95)])
            print(f"| {kind} | {len(clock)} | {told} |")


if __name__ == "__main__":
    main()
