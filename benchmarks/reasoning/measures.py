"""How the measures are taken and told; imports nothing but the standard library, so that every tool can use it."""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import signal
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

#: What is measured, in the order of the table.
ROWS = (
    "read",
    "encode",
    "core+dead",
    "false-optional",
    "decision p50",
    "decision p95",
    "asked again p50",
    "asked again p95",
    "argument max",
    "conflict",
    "repair",
    "completion",
    "pairwise",
    "count",
)

DECISIONS = 50

#: Pairs of more features than this take minutes with every tool and are left out.
MOST_PAIRED = 1000


def tell(row: str, milliseconds: float, said: str = "", size: float = 0) -> None:
    """One measure on a line of its own, with the memory used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"row": row, "ms": milliseconds, "said": said, "size": size, "mb": peak}), flush=True)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Process time in milliseconds, and what came out."""
    gc.collect()
    start = time.process_time()
    made = act()
    return (time.process_time() - start) * 1000, made


def apart(act: Callable[[], None], seconds: float) -> None:
    """Let a copy of this process act, and stop it when its time is up: later measures do not wait for it."""
    signal.alarm(0)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    signal.alarm(max(1, int(seconds)))
    try:
        act()
    finally:
        os._exit(0)


def decisions(open_names: Collection[str], seed: int = 1) -> Iterator[tuple[str, bool]]:
    """Random decisions, the same for every tool."""
    chance = random.Random(seed)
    names = sorted(open_names)
    while True:
        yield chance.choice(names), chance.random() < 0.5


def contradiction(
    open_names: Collection[str], fits: Callable[[dict[str, bool]], bool]
) -> tuple[dict[str, bool], dict[str, bool]]:
    """Random decisions up to the first that does not fit the others: those before it, and with it."""
    before: dict[str, bool] = {}
    for name, chosen in decisions(open_names, seed=2):
        if name not in before:
            after = {**before, name: chosen}
            if not fits(after):
                return before, after
            before = after
    raise AssertionError("decisions never end")


def tell_quantiles(times: Sequence[float], what: str = "decision") -> None:
    """Median and 95th percentile."""
    ordered = sorted(times)
    tell(f"{what} p50", ordered[len(ordered) // 2], f"of {len(ordered)}")
    tell(f"{what} p95", ordered[len(ordered) * 95 // 100], f"of {len(ordered)}")


def digits(number: int) -> str:
    """A large number in short."""
    text = str(number)
    return text if len(text) < 15 else f"{text[0]}.{text[1:5]}e{len(text) - 1}"
