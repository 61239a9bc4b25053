"""Time and memory of `fates profile` on wide tables of 1,000 rows, up to the widest that is measured.

    python benchmarks/profiling/wide.py

Two columns in three are numbers with three decimals, one holds six letters. Each measurement runs in a child process;
memory is its largest resident set.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from ten_million import ROOT, _measured

from fatesline.profiling.sources.storage import MOST_COLUMNS

ROWS = 1_000

PROFILE = """
import sys
from fatesline.profiling import profile
found = profile(sys.argv[1], "y")
assert found.rows == int(sys.argv[2]), found.rows
"""


def _write(path: Path, columns: int) -> None:
    drawn = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(",".join([*(f"column {number}" for number in range(columns - 3)), "sex", "age", "y"]) + "\n")
        for _ in range(ROWS):
            cells = [
                f"{drawn.gauss(0, 1):.3f}" if number % 3 else drawn.choice("abcdef") for number in range(columns - 3)
            ]
            last = [drawn.choice(["male", "female"]), str(drawn.randint(18, 90)), str(drawn.randint(0, 1))]
            stream.write(",".join([*cells, *last]) + "\n")


def main() -> None:
    """Write each table, measure, print a row."""
    print("| columns | size, MB | s | processor, s | peak memory, MB |\n|---|---|---|---|---|")
    (ROOT / "build").mkdir(exist_ok=True)
    for columns in (20, 200, 1_000, MOST_COLUMNS):
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            path = Path(folder) / "wide.csv"
            _write(path, columns)
            seconds, busy, memory = _measured(PROFILE, path, ROWS)
            size = path.stat().st_size / 1e6
            print(f"| {columns:,} | {size:.1f} | {seconds:.1f} | {busy:.1f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
