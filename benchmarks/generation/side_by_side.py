"""What a generated project is like, beside what other generators and templates write.

    python benchmarks/generation/side_by_side.py [NAME=FOLDER ...]

Generates the worked example and measures it, then every further folder, with the same rules for all: lines of Python,
what ruff says (the rules that our projects set for themselves, at 120 columns, and the formatter), undefined
names, tests, whether models are pickled, and whether it has a lock. Nothing in a folder is run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import fatesline
from fatesline.solution import Contradiction

ROOT = Path(__file__).parents[2]
RUFF = Path(sys.executable).parent / "ruff"
RULES = "E,F,W,I,B,UP,SIM"
LOCKS = ("requirements.lock", "uv.lock", "poetry.lock", "pixi.lock", "Pipfile.lock", "conda-lock.yml")


def main() -> None:
    """Print one table."""
    print("| | files | Python lines | lint problems | undefined names | unformatted files | tests | pickles | lock |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        written = fatesline.generate(ROOT / "examples/arrests/fates.yaml", Path(folder))
        if isinstance(written, Contradiction):
            raise SystemExit("the answers of the example contradict each other")
        print(_row("fatesline, `examples/arrests`", Path(folder)))
    for word in sys.argv[1:]:
        name, _, given = word.partition("=")
        print(_row(name, Path(given)))


def _row(name: str, folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    sources = {path: path.read_text(encoding="utf-8") for path in files if path.suffix == ".py"}
    found = json.loads(
        _ruff(
            "check",
            "--select",
            RULES,
            "--ignore",
            "E501",
            "--line-length",
            "120",
            "--config",
            "src = ['.']",
            "--output-format",
            "json",
            folder,
        )
    )
    unformatted = _ruff("format", "--line-length", "120", "--check", folder).count("unformatted:")
    cells = (
        len(files),
        sum(len(text.splitlines()) for text in sources.values()),
        len(found),
        sum(problem["code"] == "F821" for problem in found),
        unformatted,
        sum(len(re.findall(r"^\s*def test_", text, re.MULTILINE)) for text in sources.values()),
        "yes" if any(re.search(r"\bpickle\.dump", text) for text in sources.values()) else "no",
        "yes" if any(path.name in LOCKS for path in files) else "no",
    )
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _ruff(command: str, *words: str | Path) -> str:
    *options, folder = words
    done = subprocess.run(
        [RUFF, command, "--isolated", "--no-cache", *options, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


if __name__ == "__main__":
    main()
