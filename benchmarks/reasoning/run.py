"""Operations on real feature models: ours, flamapy and raw python-sat, side by side.

    python benchmarks/reasoning/run.py [NAME ...] [--models FOLDER] [--seconds 120]

Every tool measures every model in a process of its own, with ``--seconds`` (wall clock) and 4 GB up to the last
decision, and as much again in a copy of it for each of conflict, repair, count and pairwise sample; what it had told by
then stays. Process time in ms. flamapy is asked if it is there: ``python benchmarks/reasoning/flamapy_environment.py``
once. "–": not offered, or not asked of models this large. All tools are asked about the same random decisions;
flamapy's consequences are unit propagation alone, all others are complete; python-sat's are one query per literal, and
its reading is ours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from flamapy_environment import PYTHON as FLAMAPY
from goals import Measure, Measures, goals, missed
from measures import MOST_PAIRED, ROWS

HERE = Path(__file__).parent
FILES = (
    "jhipster.uvl",
    "uclibc.uvl",
    "busybox-2010.uvl",
    "financialservices01.uvl.gz",
    "embtoolkit.uvl.gz",
    "freebsd-8.0.0.uvl.gz",
    "uclinux-distribution.uvl",
    "erp-system.uvl.gz",
    "automotive01.xml.gz",
    "linux-2.6.33.3.uvl.gz",
    "automotive02_v4.uvl.gz",
)
TOOLS = {
    "ours": (sys.executable, "with_fatesline.py"),
    "python-sat": (sys.executable, "with_python_sat.py"),
    "flamapy": (str(FLAMAPY), "with_flamapy.py"),
}
MOST_MEMORY = 4 << 30

#: Up to the last decision, then conflict, repair, count and pairwise sample.
PARTS = 5

#: The largest model may take this much, in MB.
MEMORY_GOAL = 300

#: What no command of a tool answers.
NOT_OFFERED = {
    "ours": (),
    "python-sat": ("read", "false-optional", "asked again p50", "asked again p95", "argument max", "completion",
                   "pairwise", "count"),
    "flamapy": ("asked again p50", "asked again p95", "argument max", "completion"),
}  # fmt: skip


def unpacked(path: Path, folder: Path) -> Path:
    """The file itself, or its content beside others where every tool can read it."""
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    target.write_bytes(gzip.decompress(path.read_bytes()))
    return target


def measured(tool: str, path: Path, seconds: float) -> Measures:
    """What one tool tells about one model before its time is up."""
    python, script = TOOLS[tool]
    command = [python, str(HERE / script), str(path), str(seconds)]
    try:
        told = subprocess.run(
            command,
            capture_output=True,
            text=True,
            # Most of the time is limited inside; this is for a tool that does not get as far as that.
            timeout=seconds * PARTS,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
        ).stdout
    except subprocess.TimeoutExpired as late:
        told = (late.stdout or b"").decode()
    measures = [
        Measure(**json.loads(line)) for line in told.splitlines() if line.startswith("{") and line.endswith("}")
    ]
    return {measure.row: measure for measure in measures}


def shown(row: str, tool: str, measures: Measures, features: int, seconds: float) -> str:
    """One cell."""
    if row not in measures:
        asked = row not in NOT_OFFERED[tool] and (row != "pairwise" or features <= MOST_PAIRED)
        return f"not in {seconds:.0f} s" if asked else "–"
    measure = measures[row]
    spent = f"{measure.ms / 1000:,.1f} s" if measure.ms >= 10_000 else f"{measure.ms:,.{2 if measure.ms < 10 else 0}f}"
    return f"{spent} ({measure.said})" if measure.said else spent


def main() -> None:
    """Measure and print a table for each model."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", help="beginnings of file names; all models without one")
    options.add_argument("--models", type=Path, default=HERE.parents[1].parent / "shared" / "models")
    options.add_argument("--seconds", type=float, default=120.0)
    asked = options.parse_args()
    if not asked.models.is_dir():
        sys.exit(f"{asked.models}: there are no models here; say where with --models")
    tools = [tool for tool in TOOLS if tool != "flamapy" or FLAMAPY.exists()]
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            if asked.names and not any(file.startswith(name) for name in asked.names):
                continue
            path = unpacked(asked.models / file, Path(folder))
            of_tool = {tool: measured(tool, path, asked.seconds) for tool in tools}
            ours = of_tool["ours"]
            if "read" not in ours:
                print(f"\n### {file}\n\nwe gave no figure at all", flush=True)
                continue
            features = int(ours["read"].said.split()[0])
            print(f"\n### {file}\n\n| ms | {' | '.join(tools)} | goal | missed |\n|---|{'---|' * (len(tools) + 2)}")
            for row in ROWS:
                cells = [shown(row, tool, of_tool[tool], features, asked.seconds) for tool in tools]
                wanted = goals(row, file, ours, of_tool.get("flamapy"), asked.seconds)
                print(f"| {row} | {' | '.join(cells)} | {', '.join(text for text, _ in wanted)} | {missed(wanted)} |")
            memory = {tool: max((one.mb for one in of_tool[tool].values()), default=0) for tool in tools}
            cells = [str(memory[tool] or "–") for tool in tools]
            wanted = [(f"{MEMORY_GOAL} MB", memory["ours"] / MEMORY_GOAL)] if file == FILES[-1] else []
            print(
                f"| peak memory, MB | {' | '.join(cells)} | {''.join(text for text, _ in wanted)} | {missed(wanted)} |"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
