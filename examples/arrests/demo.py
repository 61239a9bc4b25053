"""The whole way on real data: ask, solve, generate, train, evidence, check.

    python examples/arrests/demo.py build/demo

The table is scikit-lego's `load_arrests`: who was released after an arrest for a small amount of marijuana in Toronto,
with the colour and sex of the person and many identical rows.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run every step, printing each command before its output."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python demo.py FOLDER")
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    table = folder / "arrests.csv"
    write_table(table)
    print(f"table: {table}, scikit-lego's load_arrests")

    fates = str(Path(sys.executable).with_name("fates"))
    config, project = folder / "fates.yaml", folder / "project"
    answers = HERE / "answers.yaml"
    run([fates, "ask", "--data", table, "--target", "released", "--answers", answers, "-o", config])
    run([fates, "solve", config], show_lines=24)
    run([fates, "why", config, "reweighing"])
    run([fates, "generate", config, "-o", project])
    run(["make", "-C", project, "setup"])
    start = time.perf_counter()
    run(["make", "-C", project, "train", f"DATA={table.resolve()}"])
    judged = verdicts(project / "evidence")
    beyond = {f"test_{name}" for name, found in judged.items() if found["holds"] is False}
    run(["make", "-C", project, "test"], show_lines=6, last=True, failing=beyond)
    run([fates, "check", project])
    print(f"\ntrained, tested and checked in {time.perf_counter() - start:.0f} s")
    print(f"project: {project.resolve()}")
    print(f"group metrics: {(project / 'evidence' / 'group_metrics.json').resolve()}")
    print(f"picture: {(project / 'figures' / 'group_metrics.png').resolve()}")
    said = {True: "holds", False: "does not hold, and its test says so", None: "cannot tell"}
    for name, found in judged.items():
        if name == "fairness_gate" or found["holds"] is False:
            print(f"{name.replace('_', ' ')}: {said[found['holds']]}: {found['because']}")


def verdicts(folder: Path) -> dict[str, dict[str, object]]:
    """The evidence in a folder that says whether something holds, by its id."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    return {name: one for name, one in found.items() if "holds" in one}


def write_table(path: Path) -> None:
    """The data set as a CSV file; it ships inside the package."""
    from sklego.datasets import load_arrests

    load_arrests(as_frame=True).to_csv(path, index=False)


def run(
    command: list[object], *, show_lines: int | None = None, last: bool = False, failing: set[str] | None = None
) -> None:
    """Run a command and print what it says; stop the demo where it fails.

    Parameters
    ----------
    command : list
    show_lines : int, optional
        Show only the first lines, or with ``last`` the last ones.
    last : bool
    failing : set of str, optional
        Tests that must fail, because what they test does not hold; no other may.
    """
    words = [str(word) for word in command]
    print(f"\n$ {shlex.join(['fates' if word.endswith('/fates') else word for word in words])}", flush=True)
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = done.stdout.rstrip().splitlines()
    as_expected = not done.returncode
    if failing:
        as_expected = set(re.findall(r"^FAILED \S+::(\w+)", done.stdout, re.MULTILINE)) == failing
    if show_lines is not None and len(lines) > show_lines and as_expected:
        left = f"    ({len(lines) - show_lines} lines more)"
        lines = [left, *lines[-show_lines:]] if last else [*lines[:show_lines], left]
    print("\n".join(lines), flush=True)
    if not as_expected:
        raise SystemExit(f"the command ended with exit code {done.returncode}")


if __name__ == "__main__":
    main()
