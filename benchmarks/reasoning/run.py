"""Operations on real feature models: ours, flamapy and raw python-sat, side by side.

    python benchmarks/reasoning/run.py [NAME ...] [--models FOLDER] [--seconds 120]

Every tool measures every model in a process of its own and is stopped after ``--seconds`` (wall clock) or past 4 GB;
what it had told by then stays. Process time in ms. flamapy is asked if it is there:
``python benchmarks/reasoning/flamapy_environment.py`` once. "–": not offered, or not reached in time. flamapy's
decisions are unit propagation alone, all others are complete; python-sat's are one query per literal.
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
from measures import ROWS

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

Measures = dict[str, dict[str, object]]


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
            timeout=seconds,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
        ).stdout
    except subprocess.TimeoutExpired as late:
        told = (late.stdout or b"").decode()
    measures = [json.loads(line) for line in told.splitlines() if line.startswith("{") and line.endswith("}")]
    return {measure["row"]: measure for measure in measures}


def shown(measure: dict[str, object] | None) -> str:
    """One cell."""
    if measure is None:
        return "–"
    milliseconds = float(str(measure["ms"]))
    figure = (
        f"{milliseconds / 1000:,.1f} s"
        if milliseconds >= 10_000
        else f"{milliseconds:,.{2 if milliseconds < 10 else 0}f}"
    )
    return f"{figure}  ({measure['said']})" if measure["said"] else figure


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
            print(f"\n### {file}\n\n| ms | {' | '.join(tools)} |\n|---|{'---|' * len(tools)}")
            for row in ROWS:
                cells = [shown(of_tool[tool].get(row)) for tool in tools]
                print(f"| {row} | {' | '.join(cells)} |")
            memory = [str(max((int(str(one["mb"])) for one in of_tool[tool].values()), default="–")) for tool in tools]
            print(f"| peak memory, MB | {' | '.join(memory)} |", flush=True)


if __name__ == "__main__":
    main()
