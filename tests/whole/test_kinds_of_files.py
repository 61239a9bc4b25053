"""Projects over tables that are no CSV files: measured, asked about, and read by the generated code alike."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from projects import ONE_THREAD

ANSWERS = """\
project: {name: release_decisions, title: Release}
answers:
  kind_of_system: learns_from_tables
  jurisdiction: [other_jurisdiction]
  view_of_differences: differences_reflect_bias
data: {target: released, favourable: "Yes", protected: [colour]}
"""

#: What a generated project makes of its table, as CSV.
READ = """
import sys
from pathlib import Path
from release_decisions import data, settings
table = data.read(Path(sys.argv[1]), settings.COLUMNS)
print(table[sorted(table.columns)].to_csv(index=False))
"""


def _stored(arrests: Path, kind: str, folder: Path) -> str:
    """The table as a file of a kind, with types where the kind has any, a gap, and a number for missing."""
    table = pd.read_csv(arrests, dtype=str, keep_default_na=False).head(2000)
    table["day"] = [f"{2001 + row % 3}-0{1 + row % 9}-11" for row in range(len(table))]
    table["flag"] = ["true" if row % 3 else "false" for row in range(len(table))]
    table.loc[table.index % 9 == 0, "checks"] = "-1"
    table.loc[5, "employed"] = ""
    if kind == "csv":
        table.to_csv(folder / "t.csv", index=False)
        return str(folder / "t.csv")
    rows = table.to_numpy().tolist()
    if kind == "excel":
        book = openpyxl.Workbook()
        book.active.title = "first sheet"
        for row in (list(table.columns), *rows):
            book.active.append([int(cell) if cell.lstrip("-").isdigit() else cell or None for cell in row])
        book.save(folder / "t.xlsx")
        return str(folder / "t.xlsx")
    if kind == "sqlite":
        with closing(sqlite3.connect(folder / "t.db")) as connection:
            named = ", ".join(f'"{name}"' for name in table.columns)
            connection.execute(f'CREATE TABLE "the ""rows""" ({named})')
            connection.execute("CREATE TABLE other (a)")
            places = ", ".join("?" * len(table.columns))
            cells = [[int(cell) if cell.lstrip("-").isdigit() else cell or None for cell in row] for row in rows]
            connection.executemany(f'INSERT INTO "the ""rows""" VALUES ({places})', cells)
            connection.commit()
        return f'{folder / "t.db"}::the "rows"'
    path = folder / f"t.{kind}"
    with duckdb.connect(str(path) if kind == "duckdb" else ":memory:") as connection:
        connection.register("given", table)
        typed = (
            "* REPLACE (CAST(year AS INTEGER) AS year, CAST(age AS DOUBLE) AS age, CAST(checks AS BIGINT) AS checks, "
        )
        typed += "CAST(day AS DATE) AS day, CAST(flag AS BOOLEAN) AS flag, nullif(employed, '') AS employed)"
        connection.execute(f"CREATE TABLE rows_of_it AS SELECT {typed} FROM given")
        if kind == "parquet":
            connection.execute(f"COPY rows_of_it TO '{path}' (FORMAT parquet)")
    return str(path)


def _generated(source: str, folder: Path) -> Path:
    (folder / "answers.yaml").write_text(ANSWERS)
    asked = ["ask", "--data", source, "--answers", str(folder / "answers.yaml"), "-o", str(folder / "fates.yaml")]
    for words in (asked, ["generate", str(folder / "fates.yaml"), "-o", str(folder / "project")]):
        done = subprocess.run(
            [sys.executable, "-m", "fatesline", *words], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "project"


def _read(project: Path, source: str) -> str:
    file = source.rpartition("::")[0] or source
    done = subprocess.run(
        [sys.executable, "-c", READ, file],
        cwd=project, env=ONE_THREAD, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def as_csv(arrests: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the project over the CSV file reads, and its settings."""
    folder = tmp_path_factory.mktemp("csv")
    source = _stored(arrests, "csv", folder)
    project = _generated(source, folder)
    return {"read": _read(project, source), "levels": _line(project, "LEVELS")}


def _line(project: Path, constant: str) -> str:
    text = (project / "release_decisions" / "settings.py").read_text(encoding="utf-8")
    return text.partition(f"\n{constant} = ")[2].partition("\n\n")[0].partition("\n#")[0]


@pytest.mark.parametrize("kind", ["parquet", "excel", "duckdb", "sqlite"])
def test_a_project_reads_the_same_rows_from_every_kind_of_file(
    arrests: Path, kind: str, tmp_path: Path, as_csv: Mapping[str, str]
) -> None:
    source = _stored(arrests, kind, tmp_path)

    project = _generated(source, tmp_path)

    assert _read(project, source) == as_csv["read"]
    assert _line(project, "LEVELS") == as_csv["levels"]
    packages = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert ("duckdb" in packages, "openpyxl" in packages) == (kind in ("parquet", "duckdb"), kind == "excel")
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", str(project)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_several_files_and_what_is_no_file_are_told(arrests: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    for number in range(2):
        (tmp_path / f"part{number}.csv").write_bytes(arrests.read_bytes())

    done = subprocess.run(
        [sys.executable, "-m", "fatesline", "ask", "--data", str(tmp_path / "part*.csv"), "--answers",
         str(tmp_path / "answers.yaml"), "-o", str(tmp_path / "fates.yaml")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "this names several files; the generated project reads its table from one" in done.stderr
    assert not (tmp_path / "fates.yaml").exists()


def test_an_older_file_and_one_over_csv_say_nothing_of_the_kind(as_csv: Mapping[str, str]) -> None:
    from projects import settled

    assert as_csv["read"]
    data = settled(Path(__file__))
    assert not {"format", "table"} & set(json.loads(data.model_dump_json()))
