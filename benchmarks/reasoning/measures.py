"""How the measures are taken and told; imports nothing but the standard library, so that every tool can use it."""

from __future__ import annotations

import gc
import json
import resource
import time
from collections.abc import Callable, Sequence
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
    "argument max",
    "conflict",
    "repair",
    "completion",
    "pairwise",
    "count",
)

DECISIONS = 50


def tell(row: str, milliseconds: float, said: str = "") -> None:
    """One measure on a line of its own, with the memory used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"row": row, "ms": milliseconds, "said": said, "mb": peak}), flush=True)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Process time in milliseconds, and what came out."""
    gc.collect()
    start = time.process_time()
    made = act()
    return (time.process_time() - start) * 1000, made


def tell_quantiles(times: Sequence[float]) -> None:
    """Median and 95th percentile of the decisions."""
    ordered = sorted(times)
    tell("decision p50", ordered[len(ordered) // 2], f"of {len(ordered)}")
    tell("decision p95", ordered[len(ordered) * 95 // 100], f"of {len(ordered)}")
