"""How fast feature models are read: ours for every file, beside it uvlparser and flamapy where they are installed.

    python benchmarks/exchange/reading.py [FOLDER] [--beside] [--seconds 120]

FOLDER holds .uvl, .xml, .cnf files, also .gz; by default the real models beside the repository. ``--beside`` needs
``python benchmarks/exchange/other_tools.py`` once. Process time; ours is the fastest of five runs in this process, from
opening the file to a checked model; theirs one run in a process of its own, without its start and imports. Bytes are
counted unpacked. Peak memory is that of this process after all files.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import tempfile
import time
from pathlib import Path

from other_tools import PYTHON, WITH_FLAMAPY, WITH_UVLPARSER, lines_of

from fatesline.exchange import SUFFIXES, read

RUNS = 5
GOAL_MICROSECONDS_PER_BYTE = 0.3
GOAL_TIMES_FASTER = 100
LARGE = 500


def unpacked(path: Path) -> bytes:
    """The content of a file."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def fastest(path: Path) -> tuple[float, int, int]:
    """Seconds of the fastest run; features and constraints."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        imported = read(path)
        best = min(best, time.process_time() - start)
    return best, len(imported.model.features), len(imported.model.constraints)


def beside(program: str, path: Path, seconds: float) -> tuple[str, float]:
    """What another tool needs, in words, and at least how many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.uvl"
        plain.write_bytes(unpacked(path))
        lines = lines_of(program, [plain], seconds)
    if not lines:
        return f"> {seconds:.0f} s", seconds
    needed = float(lines[0].split()[0])
    return f"{needed:.2f} s", needed


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parents[2].parent / "shared" / "models"
    options.add_argument("folder", nargs="?", type=Path, default=default)
    options.add_argument("--beside", action="store_true", help="also time uvlparser and flamapy")
    options.add_argument("--seconds", type=float, default=120, help="limit for each of their runs")
    given = options.parse_args()
    paths = [path for path in sorted(given.folder.glob("*")) if path.name.removesuffix(".gz").endswith(SUFFIXES)]
    if given.beside and not PYTHON.exists():
        raise SystemExit("first: python benchmarks/exchange/other_tools.py")
    print(
        f"| {'file':28} | features | constraints | {'bytes':>9} | {'ms':>7} | µs/byte | uvlparser | flamapy | factor |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    missed = []
    for path in paths:
        size = len(unpacked(path))
        seconds, features, constraints = fastest(path)
        rate = seconds / size * 1e6
        theirs = [("", 0.0), ("", 0.0)]
        is_uvl = ".uvl" in path.name
        if given.beside and is_uvl:
            theirs = [beside(program, path, given.seconds) for program in (WITH_UVLPARSER, WITH_FLAMAPY)]
        factor = theirs[1][1] / seconds
        shown = f"{'> ' if theirs[1][0].startswith('>') else ''}{factor:.0f}" if factor else ""
        print(
            f"| {path.name:28} | {features:8} | {constraints:11} | {size:9} | {seconds * 1e3:7.1f} | {rate:7.3f} "
            f"| {theirs[0][0]:>9} | {theirs[1][0]:>7} | {shown:>6} |",
            flush=True,
        )
        if is_uvl and features > LARGE:
            if rate > GOAL_MICROSECONDS_PER_BYTE:
                missed.append(f"{path.name}: {rate:.3f} µs/byte, goal {GOAL_MICROSECONDS_PER_BYTE}")
            if factor and factor < GOAL_TIMES_FASTER:
                missed.append(f"{path.name}: {factor:.0f} times faster than flamapy, goal {GOAL_TIMES_FASTER}")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print("goals missed:\n" + "\n".join(f"  {line}" for line in missed) if missed else "no goal missed")


if __name__ == "__main__":
    main()
