"""Time and memory of `fates profile` on ten million rows × 18 columns, beside the raw group queries of DuckDB.

    python benchmarks/profiling/ten_million.py [ROWS]

The rows are made up from a fixed hash, so they are the same everywhere; they are written to ``build/`` (1.5 GB) and
deleted afterwards. Each measurement runs in a child process; memory is its largest resident set. Goals: Parquet in
under 10 s and 1 GB, CSV in under 40 s.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROTECTED = ("sex", "origin")
TARGET = "decision"


def _part(column: int) -> str:
    """A number from 0 to 1 for each row, another one for each column."""
    return f"(hash(i * 31 + {column}) % 1000003) / 1000003.0"


COLUMNS = (
    "i AS customer_id",
    f"18 + CAST(floor({_part(1)} * 60) AS INTEGER) AS age",
    f"CASE WHEN {_part(2)} < 0.52 THEN 'female' ELSE 'male' END AS sex",
    f"CASE WHEN {_part(3)} < 0.7 THEN 'north' WHEN {_part(3)} < 0.85 THEN 'south' WHEN {_part(3)} < 0.95 THEN 'east' "
    "ELSE 'west' END AS origin",
    f"CASE WHEN {_part(4)} >= 0.02 THEN round(exp(9 + {_part(4)} * 2 + {_part(5)}), 2) END AS income",
    f"CAST(floor({_part(6)} * 96) AS INTEGER) AS department",
    f"CASE WHEN {_part(7)} < 0.05 THEN 'unknown' ELSE 'job ' || CAST(floor({_part(7)} * 40) AS INTEGER) END "
    "AS occupation",
    f"round({_part(8)} * 40, 1) AS years_employed",
    f"CAST(floor({_part(9)} * 20) AS INTEGER) AS open_accounts",
    f"{_part(10)} AS utilisation",
    f"round(500 + {_part(11)} * {_part(11)} * 200000) AS loan_amount",
    f"CASE WHEN {_part(12)} < 0.1 THEN -1 ELSE CAST(floor({_part(12)} * 900) AS INTEGER) END AS days_since_contact",
    f"'purpose ' || CAST(floor({_part(13)} * 7) AS INTEGER) AS purpose",
    f"{_part(14)} < 0.3 AS owns_home",
    f"DATE '2015-01-01' + CAST(floor({_part(15)} * 3000) AS INTEGER) AS opened_on",
    f"CAST(floor({_part(16)} * 5) AS INTEGER) AS dependants",
    f"300 + CAST(floor({_part(17)} * 550) AS INTEGER) AS points",
    f"CASE WHEN {_part(18)} < 0.2 + 0.3 * {_part(17)} + 0.1 * {_part(2)} THEN 'granted' ELSE 'refused' END AS decision",
)

PROFILE = """
import sys
from fatesline.profiling import profile
found = profile(sys.argv[1], {target!r}, protected={protected!r})
assert found.rows == int(sys.argv[2]), found.rows
assert [fact for fact in found.facts if fact.kind == "base-rates-differ"]
"""

# What counts alone cost: a view of the Parquet file, or a table of the CSV file, and one query for each column.
RAW = """
import sys
import duckdb
connection = duckdb.connect(sys.argv[1] + ".duckdb", config={{"memory_limit": "600MB"}})
connection.execute("SET enable_progress_bar = false")
if sys.argv[1].endswith("parquet"):
    connection.execute(f"CREATE VIEW rows AS SELECT * FROM read_parquet('{{sys.argv[1]}}')")
else:
    connection.execute(f"CREATE TABLE rows AS SELECT * FROM read_csv('{{sys.argv[1]}}', all_varchar = true)")
for name, *_ in connection.execute("DESCRIBE rows").fetchall():
    if connection.execute(f"SELECT approx_count_distinct({{name}}) FROM rows").fetchone()[0] <= 100_000:
        groups = f"SELECT {{name}}, count(*), count(*) FILTER ({target} = 'granted') FROM rows GROUP BY 1"
        connection.execute(groups).fetchall()
"""

# And what reading the bytes and their hash cost.
HASH = """
import hashlib, sys
with open(sys.argv[1], "rb") as stream:
    hashlib.file_digest(stream, "sha256")
"""


def _measured(code: str, path: Path, rows: int) -> tuple[float, float, float]:
    """Seconds, seconds of processor time, and megabytes of a child process that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    # One child that starts the measured one: the largest resident set of children is never forgotten.
    reporter = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', *sys.argv[1:]], check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", reporter, code, str(path), str(rows)], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, busy, int(done.stdout) / 1024


def main() -> None:
    """Make the rows, measure, print the table, delete the rows."""
    import duckdb

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    (ROOT / "build").mkdir(exist_ok=True)
    print(f"{rows:,} rows × {len(COLUMNS)} columns, {os.cpu_count()} cores, DuckDB {duckdb.__version__}\n")
    print("| source | size, MB | what | s | processor, s | peak memory, MB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        for kind in ("parquet", "csv"):
            path = Path(folder) / f"rows.{kind}"
            with duckdb.connect(config={"memory_limit": "1500MB"}) as connection:
                connection.execute("SET preserve_insertion_order = true")
                how = "(FORMAT parquet)" if kind == "parquet" else "(HEADER)"
                connection.execute(f"COPY (SELECT {', '.join(COLUMNS)} FROM range({rows}) t(i)) TO '{path}' {how}")
            size = path.stat().st_size / 1e6
            codes = {
                "`fates profile`": PROFILE.format(target=TARGET, protected=PROTECTED),
                "DuckDB: the groups of each column": RAW.format(target=TARGET),
                "SHA-256 of the file": HASH,
            }
            for what, code in codes.items():
                seconds, busy, memory = _measured(code, path, rows)
                print(f"| {kind} | {size:.0f} | {what} | {seconds:.1f} | {busy:.1f} | {memory:.0f} |", flush=True)
            for left in Path(folder).iterdir():
                left.unlink()


if __name__ == "__main__":
    main()
