"""Whatever is handed over: one clear message or a right profile, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas
import pytest

from fatesline.errors import UserError
from fatesline.profiling import profile

#: Address space of the child process; the interpreter and DuckDB's threads take most of it without using it.
SPACE = 4_000_000_000
#: What it may really use.
RESIDENT = 1_000_000_000


def _in_a_child(path: Path, target: str = "y") -> tuple[str, int]:
    """What the profile of a file ends in, and the memory that took, in bytes."""
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({SPACE}, {SPACE}))\n"
        "from fatesline.errors import UserError\n"
        "from fatesline.profiling import profile\n"
        "try:\n"
        "    found = profile(sys.argv[1], sys.argv[2])\n"
        "    print(found.rows, len(found.columns))\n"
        "except UserError as error:\n"
        "    print(error)\n"
        # Not ru_maxrss: a child inherits that of the process that started it.
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM:'))\n"
        "print(int(peak.split()[1]) * 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), target], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *said, memory = done.stdout.strip().splitlines()
    return "\n".join(said), int(memory)


def test_one_line_of_two_gigabytes_is_told_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        stream.write(b"a,b," * (1 << 19))
        stream.truncate(1 << 31)

    said, memory = _in_a_child(path)

    assert said.startswith(f"{path}:1: the first line is longer than a million characters")
    assert memory < 300_000_000


def test_one_long_line_below_the_names_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        stream.write(b"a,y\n1,2\n")
        for _ in range(100):
            stream.write(b"x" * 1_000_000)

    said, memory = _in_a_child(path)

    assert said.startswith(str(path))
    assert memory < RESIDENT


def _wide(folder: Path, columns: int, rows: int = 60) -> Path:
    path = folder / "t.csv"
    with path.open("w") as stream:
        stream.write(",".join([*(f"c{number}" for number in range(columns - 1)), "y"]) + "\n")
        for row in range(rows):
            cells = (str((row * number) % 7 / 2) for number in range(columns - 1))
            stream.write(",".join([*cells, str(row % 2)]) + "\n")
    return path


def test_a_table_of_ten_thousand_columns_is_told_whatever_the_kind_of_file(tmp_path: Path) -> None:
    path = _wide(tmp_path, 10_000)

    said, memory = _in_a_child(path)

    assert said.startswith(f"{path}:1: the table has 10,000 columns; at most 2,000 can be measured")
    assert memory < 300_000_000
    parquet = tmp_path / "t.parquet"
    cells = ", ".join(f"1 AS c{number}" for number in range(10_000))
    duckdb.connect().execute(f"COPY (SELECT {cells}) TO '{parquet}' (FORMAT parquet)")
    for source in (parquet, pandas.read_csv(path, nrows=2)):
        with pytest.raises(UserError, match="the table has 10,000 columns"):
            profile(source, "y")


def test_a_table_of_two_thousand_columns_is_measured_in_bounded_memory(tmp_path: Path) -> None:
    said, memory = _in_a_child(_wide(tmp_path, 2_000))

    assert said == "60 1999"
    assert memory < RESIDENT


def test_rows_larger_than_memory_are_measured_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w") as stream:
        stream.write("text,code,y\n")
        for row in range(30_000):
            stream.write(f"{row}{'abcdefgh ' * 500},{row % 5},{row % 2}\n")

    said, memory = _in_a_child(path)

    assert said == "30000 2"
    assert memory < RESIDENT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "t.csv: the file is empty"),
        (b"a,y\n", "t.csv: the table has names but no rows"),
        (b"a,y\n" + b"1,\n2,\n" * 40, 'the target "y" has no value only; there is nothing to learn'),
        (b"a,y\n" + b"1,1\n2,1\n" * 40, 'the target "y" has one value only; there is nothing to learn'),
        (b"39, State-gov, Bachelors\n50, Private, HS-grad\n41, Private, Bachelors\n" * 9, "t.csv:1: the first line"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40, "t.csv: this is no text in a known encoding"),
        (b'a,y\n"{""k"": [1, {""m"": 2}]",1\n' * 1 + b"x,0,7\n", "t.csv:3: this row has 3 cells, the first line has 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_profiled_is_one_message(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)

    with pytest.raises(UserError) as caught:
        profile(path, "y")

    assert said in str(caught.value)


def test_a_column_of_nested_json_is_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    cells = [json.dumps({"id": number, "of": [{"k": "v" * 20}]}).replace('"', '""') for number in range(200)]
    path.write_text("\n".join(["payload,y", *(f'"{cell}",{number % 2}' for number, cell in enumerate(cells))]))

    (column,) = profile(path, "y").columns

    assert (column.use, column.reason) == ("dropped", "text")


def test_columns_named_twice_as_in_compas_are_profiled(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["score,race,score,y", *(f"{n % 10},{n % 3},{n % 10},{n % 2}" for n in range(100))]))

    found = profile(path, "y")

    assert [column.name for column in found.columns] == ["score", "race", "score.1"]
    assert found.renamed == {"score.1": "score"}


def test_a_target_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("age,granted\n1,0\n2,1\n")

    with pytest.raises(UserError, match='there is no column "grnated"\n  did you mean "granted"'):
        profile(path, "grnated")
