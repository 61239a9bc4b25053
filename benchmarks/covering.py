"""Build, check and train a project for every pair of components that the model allows: `make coverage`.

    python benchmarks/covering.py [--jobs 2] [--rows 600] [--only 3 17] [--anew]

The projects are a sample of configurations in which every pair of choices occurs. Each must be tidy (`ruff check`,
`ruff format --check`), must not use a name or an argument that its own modules do not have (mypy), must train on the
first rows of scikit-lego's `load_arrests`, and must pass its own tests; what a trained model does not fulfil, beyond a
limit that its evidence names, is told and no fault. Outcomes are kept in build/coverage/ under the hash of a project's
files, so that a second run takes up where the first stopped and skips what has not changed since. The exit code is 1 if
anything failed.
"""

# ruff: noqa: E402 - threads and paths are settled before anything is imported that reads them

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib
import itertools
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path

os.environ |= {"OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
ROOT = Path(__file__).parents[1]
STATE = ROOT / "build" / "coverage"
sys.path += [str(ROOT / "tests" / "whole"), str(ROOT / "examples" / "arrests")]

from demo import write_table
from projects import KIND_OF_SYSTEM, choices, files_of, sample_of, settled, undefined_names, widened
from train_and_test import PACKAGE, train_and_test

from fatesline.catalog import Catalog, load
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner


@dataclass(frozen=True)
class Outcome:
    """What became of one project: nothing in `fault` means that it trained and passed."""

    fault: str
    said: str
    seconds: float


@dataclass(frozen=True)
class Job:
    """A project on disk."""

    number: int
    folder: Path
    key: str

    @property
    def kept(self) -> Path:
        """Where its outcome is kept."""
        return STATE / f"{self.key}.json"

    @property
    def log(self) -> Path:
        """Everything that its training and its tests said."""
        return STATE / f"project_{self.number}.log"


def main() -> int:
    """Print a row for each project as soon as it is done, then the sums."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--only", type=int, nargs="+")
    parser.add_argument("--anew", action="store_true", help="also what passed before")
    arguments = parser.parse_args()
    catalog = load(packages=False)
    sample = sample_of(catalog)
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        table = folder / "arrests.csv"
        write_table(table)
        part = widened(table, folder / "part.csv", arguments.rows)
        jobs, untidy = [], 0
        modules: set[str] = set()
        for number, chosen in enumerate(sample):
            if arguments.only and number not in arguments.only:
                continue
            files = files_of(chosen, catalog, settled(table))
            write(files, folder / "projects" / str(number))
            modules |= imported(files)
            jobs.append(Job(number, folder / "projects" / str(number), key_of(files, part)))
            show(f"{len(jobs)} projects written")
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [sys.executable, "-m", "ruff", *command, "."], cwd=folder / "projects", capture_output=True, text=True
            )
            if done.returncode:
                untidy += 1
                print(done.stdout + done.stderr)
        outcomes = {} if arguments.anew else {job.number: found for job in jobs if (found := kept(job))}
        left = [job for job in jobs if job.number not in outcomes]
        print(f"{len(jobs)} projects, {len(outcomes)} unchanged since they passed\n")
        print("| project | s | outcome |\n|---|---|---|")
        preload(modules if left else ())
        for job, outcome in trained(left, part, folder, arguments.jobs):
            outcomes[job.number] = outcome
            told = outcome.fault or outcome.said
            print(f"| {job.number} ({len(outcomes)} of {len(jobs)}) | {outcome.seconds:.0f} | {told} |", flush=True)
        failed = [number for number, outcome in sorted(outcomes.items()) if outcome.fault]
    print(f"\n{sums(catalog, sample, len(jobs), untidy, failed)}")
    return 1 if failed or untidy else 0


def show(progress: str) -> None:
    """Progress on a terminal, over what was told before."""
    if sys.stderr.isatty():
        print(f"\r{progress}", end="\r", file=sys.stderr, flush=True)


def imported(files: Mapping[str, str]) -> set[str]:
    """The foreign modules that the code of a project imports."""
    found: set[str] = set()
    for path, text in files.items():
        if path.startswith(f"{PACKAGE}/") and path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import):
                    found |= {name.name for name in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module)
    return {name for name in found if name.split(".")[0] != PACKAGE}


def key_of(files: Mapping[str, str], table: Path) -> str:
    """A hash of everything that the outcome depends on, as far as it lies in files."""
    told = {**files, "the table": table.read_text(), "Python": sys.version}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]


def kept(job: Job) -> Outcome | None:
    """The outcome of an earlier run, if it was good."""
    return Outcome(**json.loads(job.kept.read_text())) if job.kept.exists() else None


def preload(modules: Iterable[str]) -> None:
    """Import once, for all processes that are forked later, what projects import."""
    importlib.import_module("pytest")
    for name in sorted(modules):
        show(f"importing {name}")
        importlib.import_module(name)


def trained(jobs: Sequence[Job], table: Path, folder: Path, at_once: int) -> Iterator[tuple[Job, Outcome]]:
    """Train projects in processes of their own, some at the same time; each comes as soon as it is done."""
    context = multiprocessing.get_context("fork")
    waiting = list(jobs)
    running: dict[int, tuple[ForkProcess, Job, float, Path]] = {}
    # Two runs of mypy in one cache read what the other has half written, or the names of the other's project.
    caches = [folder / f"mypy_{number}" for number in range(at_once)]
    while waiting or running:
        while waiting and len(running) < at_once:
            job = waiting.pop(0)
            cache = caches.pop()
            process = context.Process(target=one, args=(job, table, cache))
            process.start()
            running[process.sentinel] = (process, job, time.perf_counter(), cache)
        for sentinel in wait(list(running)):
            assert isinstance(sentinel, int)
            process, job, start, cache = running.pop(sentinel)
            process.join()
            caches.append(cache)
            outcome = judged(job, process.exitcode or 0, time.perf_counter() - start)
            if outcome.fault:
                shutil.copytree(job.folder, STATE / f"project_{job.number}", dirs_exist_ok=True)
            else:
                job.kept.write_text(json.dumps(asdict(outcome)))
            yield job, outcome


def one(job: Job, table: Path, cache: Path) -> None:
    """Look for undefined names in a project, train it and run its tests; everything that is said goes to its log."""
    log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    undefined = undefined_names(job.folder, PACKAGE, cache)
    if undefined:
        print(undefined)
        sys.exit(3)
    sys.exit(train_and_test(job.folder, table))


def judged(job: Job, code: int, seconds: float) -> Outcome:
    """What a finished process means."""
    lines = [line for line in job.log.read_text(errors="replace").splitlines() if line.strip()] or ["nothing was said"]
    if code == 0:
        passed = next(line for line in reversed(lines) if " passed" in line).strip("= ")
        return Outcome("", f"{re.sub(' in .*', '', passed)}; {lines[-1]}", seconds)
    fault = next((line for line in lines if re.match(r"FAILED |ERROR |error: |\w*(\.\w+)*Error: ", line)), lines[-1])
    return Outcome(f"FAILED: {fault} (build/coverage/{job.log.name})", "", seconds)


def sums(catalog: Catalog, sample: Sequence[frozenset[str]], built: int, untidy: int, failed: Sequence[int]) -> str:
    """The last table: pairs, projects, failures."""
    reasoner = Reasoner(catalog.model)
    among = [name for name in choices(catalog) if any(name in chosen for chosen in sample)]
    pairs = list(itertools.combinations(among, 2))
    shown = {pair for pair in pairs if any(pair[0] in chosen and pair[1] in chosen for chosen in sample)}
    allowed = {
        pair for pair in pairs if pair in shown or reasoner.is_consistent(Configuration.choosing(KIND_OF_SYSTEM, *pair))
    }
    rows = {
        "choices": len(among),
        "pairs of choices": len(pairs),
        "of these allowed by the model": len(allowed),
        "of these in a project": len(shown),
        "projects of the sample": len(sample),
        "projects built": built,
        "projects that failed": f"{len(failed)}{f': {failed}' if failed else ''}",
        "untidy by ruff": "yes" if untidy else "no",
    }
    return "\n".join(["| what | number |", "|---|---|", *(f"| {what} | {number} |" for what, number in rows.items())])


if __name__ == "__main__":
    sys.exit(main())
