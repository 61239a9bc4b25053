"""How fast the command answers: `fates --help` beside `import click`, and `fates generate` on the worked example.

    python benchmarks/start_up.py

Runs alternate, so that noise of the machine hits all of them alike; the table gives the median and the fastest run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 15


def seconds(command: list[str]) -> float:
    """Wall-clock time of one run of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    fates = [sys.executable, "-m", "fatesline"]
    config = ROOT / "examples" / "arrests" / "fates.yaml"
    times: dict[str, list[float]] = {"python -c 'import click'": [], "fates --help": [], "fates generate": []}
    for run in range(RUNS):
        times["python -c 'import click'"].append(seconds([sys.executable, "-c", "import click"]))
        times["fates --help"].append(seconds([*fates, "--help"]))
        with tempfile.TemporaryDirectory() as folder:
            command = [*fates, "generate", str(config), "-o", f"{folder}/project-{run}"]
            times["fates generate"].append(seconds(command))
    base = statistics.median(times["python -c 'import click'"])
    print(
        f"| command | median, ms | fastest, ms | times `import click` |\n|---|---|---|---|  <!-- {RUNS} runs each -->"
    )
    for name, found in times.items():
        median = statistics.median(found)
        print(f"| `{name}` | {1000 * median:.0f} | {1000 * min(found):.0f} | {median / base:.2f} |")


if __name__ == "__main__":
    main()
