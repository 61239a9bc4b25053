"""What the reasoner is to reach, and by how much a measure falls short of it."""

from __future__ import annotations

from dataclasses import dataclass

#: No exact count is asked for.
HARD_TO_COUNT = ("linux", "freebsd", "erp-system")


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure as a tool told it; ``size`` is µs a byte, configurations of a sample, or 1 for an exact count."""

    row: str
    ms: float
    said: str
    size: float
    mb: int


Measures = dict[str, Measure]


def goals(row: str, file: str, ours: Measures, flamapy: Measures | None, seconds: float) -> list[tuple[str, float]]:
    """Goals of one row, each with our share of what it allows: up to 1 is met, 2 is twice too much.

    Parameters
    ----------
    row, file : str
    ours, flamapy : Measures
        A row flamapy did not reach counts with the time it was given. None: it was not asked, and sets no goal.
    seconds : float
        What every tool was given.
    """
    if row not in ours:
        return []
    spent, size = ours[row].ms, ours[row].size
    features = int(ours["read"].said.split()[0])
    other = None if flamapy is None else flamapy[row].ms if row in flamapy else seconds * 1000
    found: list[tuple[str, float]] = []

    def goal(text: str, share: float) -> None:
        found.append((text, share))

    match row:
        case "read":
            goal("0.3 µs a byte", size / 0.3)
            if ".uvl" in file and features > 500 and other is not None:
                goal("flamapy/100", spent * 100 / other)
        case "core+dead":
            if other is not None:
                faster = 10 if features > 1500 else 1
                goal("flamapy/10" if faster > 1 else "flamapy", spent * faster / other)
            if file.startswith(("automotive02", "linux")):
                goal("100 ms", spent / 100)
        case "decision p95":
            most = 60 if file.startswith("linux") else 30
            goal(f"{most} ms", spent / most)
        case "asked again p50" | "asked again p95":
            goal("1 ms", spent)
        case "argument max" if file.startswith("automotive01"):
            goal("500 ms", spent / 500)
        case "pairwise":
            # Asked only where flamapy finishes.
            if flamapy and row in flamapy:
                goal("flamapy/50", spent * 50 / flamapy[row].ms)
                goal("flamapy's number", size / flamapy[row].size)
        case "count" if not file.startswith(HARD_TO_COUNT):
            goal("exact, 5 s", spent / 5000 if size else float("inf"))
    return found


def missed(found: list[tuple[str, float]]) -> str:
    """Which goals are missed and how far; "met" if none is, nothing without goals."""
    short = [
        f"{text}: {share:.3g} times as much" if share < float("inf") else f"{text}: not reached"
        for text, share in found
        if share > 1
    ]
    return "; ".join(short) if short else "met" if found else ""
