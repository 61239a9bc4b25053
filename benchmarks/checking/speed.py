"""How many files a second the checker reads, beside ruff, on a copy of scikit-learn's installed sources.

    python benchmarks/checking/speed.py

Prints a table. Each row is the best of three runs in fresh processes, started one after the other; "start" is the same
program on one empty file. Wall-clock time depends on what else the machine does, so processor time stands beside it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3

CHECKER = """
import sys
from pathlib import Path
from fatesline.checking import inventory
seen = inventory(Path(sys.argv[1]))
print(len(seen.files), len(seen.facts), len(seen.problems), file=sys.stderr)
"""
PARSER = """
import ast, gc, sys
from pathlib import Path
gc.disable()
trees = [ast.parse(path.read_bytes()) for path in Path(sys.argv[1]).rglob("*.py")]
"""


def main() -> None:
    """Copy, run, print."""
    found = importlib.util.find_spec("sklearn")
    if found is None or found.origin is None:
        raise SystemExit("scikit-learn is not installed; its sources are what is read")
    ruff = shutil.which("ruff") or str(Path(sys.executable).with_name("ruff"))
    programs = {
        "fatesline inventory (all names, reach, five wiring rules)": [sys.executable, "-c", CHECKER],
        "ast.parse alone": [sys.executable, "-c", PARSER],
        "ruff check --isolated --no-cache": [ruff, "check", "--isolated", "--no-cache", "--exit-zero", "-q"],
    }
    with tempfile.TemporaryDirectory() as scratch:
        tree, empty = Path(scratch, "sklearn"), Path(scratch, "empty")
        shutil.copytree(Path(found.origin).parent, tree, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        empty.mkdir()
        (empty / "empty.py").touch()
        files = sum(1 for _ in tree.rglob("*.py"))
        lines = sum(path.read_bytes().count(b"\n") for path in tree.rglob("*.py"))
        print(f"{files} files, {lines:,} lines; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
        print("| program | wall s | processor s | files / wall s | files / processor s | peak MB | start s |")
        print("|---|---|---|---|---|---|---|")
        for title, command in programs.items():
            runs = [_run([*command, str(tree)]) for _ in range(RUNS)]
            wall, processor, peak = (min(figures) for figures in zip(*runs, strict=True))
            start = min(_run([*command, str(empty)])[0] for _ in range(RUNS))
            print(
                f"| {title} | {wall:.2f} | {processor:.2f} | {files / wall:.0f} | {files / processor:.0f} "
                f"| {peak:.0f} | {start:.2f} |"
            )


def _run(command: list[str]) -> tuple[float, float, float]:
    """Wall-clock and processor seconds of a process, and its largest resident size in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
