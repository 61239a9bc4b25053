"""How many files a second the checker reads, beside ruff and bandit, on a copy of scikit-learn's installed sources.

    python benchmarks/checking/other_tools.py    # once: bandit, in an environment of its own
    python benchmarks/checking/speed.py

Prints a table. Each row is the best of three runs in fresh processes, one program after the other; "start" is the same
program on one empty file, and part of the times before it. Wall-clock time depends on what else the machine does, so
processor time (of all processes together) stands beside it. Memory is the largest resident size of one process, and,
where a program starts others, of all its processes together.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from other_tools import BANDIT

RUNS = 3
GOAL = "goals: 150 files a wall second, 500 MB, and a second check of the same files five times faster than the first"

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
    beside = Path(sys.executable).parent
    ruff = shutil.which("ruff") or str(beside / "ruff")
    check = [str(beside / "fates"), "check", "--exit-zero", "--lang", "en"]
    programs = {
        "fates check --no-cache": [*check, "--no-cache"],
        "fates check, files unchanged": check,
        "ast.parse alone": [sys.executable, "-c", PARSER],
        "ruff check --isolated --no-cache": [ruff, "check", "--isolated", "--no-cache", "--exit-zero", "-q"],
    }
    if BANDIT.exists():
        programs["bandit -r"] = [str(BANDIT), "-q", "--exit-zero", "-r"]
    with tempfile.TemporaryDirectory() as scratch:
        tree, empty = Path(scratch, "sklearn"), Path(scratch, "empty")
        os.environ["XDG_CACHE_HOME"] = str(Path(scratch, "cache"))
        shutil.copytree(Path(found.origin).parent, tree, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        empty.mkdir()
        (empty / "empty.py").touch()
        files = sum(1 for _ in tree.rglob("*.py"))
        lines = sum(path.read_bytes().count(b"\n") for path in tree.rglob("*.py"))
        print(f"{files} files, {lines:,} lines; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {GOAL}\n")
        print("| program | wall s | processor s | files / wall s | files / processor s | peak MB | start s |")
        print("|---|---|---|---|---|---|---|")
        # The first check fills the memory of the second.
        _run([*check, str(tree)])
        _run([*check, str(empty)])
        for title, command in programs.items():
            runs = [_run([*command, str(tree)]) for _ in range(RUNS)]
            wall, processor, peak = (min(figures) for figures in zip(*runs, strict=True))
            start = min(_run([*command, str(empty)])[0] for _ in range(RUNS))
            print(
                f"| {title} | {wall:.2f} | {processor:.2f} | {files / wall:.0f} | {files / processor:.0f} "
                f"| {peak:.0f} | {start:.2f} |",
                flush=True,
            )
    if not BANDIT.exists():
        print("\nbandit is not there; python benchmarks/checking/other_tools.py fetches it")


def _run(command: list[str]) -> tuple[float, float, float]:
    """Wall-clock and processor seconds of a process, and the largest size in MB of it and its children together."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    together = _Together(process.pid)
    together.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    together.ended.set()
    together.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, max(used.ru_maxrss / 1024, together.most)


class _Together(threading.Thread):
    """Looks ten times a second at what a process and its children take, shared pages counted once (Linux only)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.ended = threading.Event()
        self.most = 0.0

    def run(self) -> None:
        while not self.ended.wait(0.1):
            children = Path(f"/proc/{self.process}/task/{self.process}/children")
            try:
                names = [str(self.process), *children.read_text().split()]
                self.most = max(self.most, sum(map(_proportional, names)))
            except OSError:
                continue


def _proportional(process: str) -> float:
    """MB of a process, pages shared with others divided among them."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
