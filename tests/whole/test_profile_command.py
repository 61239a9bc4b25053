"""`fates profile` as it is typed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from fatesline.documents.formats.profile_as_text import SECTIONS
from fatesline.profiling.words import _SENTENCES

#: Facts that the text leaves to the list of columns that are left out.
LISTED = {"constant-column", "date-column", "identifier"}


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fatesline", "profile", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def _facts(*words: str | Path) -> dict[str, object]:
    done = _run(*words, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_report_says_what_was_read_found_and_comes_next(arrests: Path) -> None:
    done = _run(arrests, "--target", "released", "--protected", "colour")

    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "arrests.csv: 5,226 rows, 8 columns (csv, comma, utf-8)"
    assert "  - favourable outcome by colour: White 85.8 %, Black 74.1 %" in done.stdout
    assert "    → The favourable outcome is more frequent in one group than in another" in lines
    assert "    Black  1,288      74.1 %  71.7 – 76.5 %" in lines
    assert lines[-1] == f"next: fates ask --data {arrests} --target released"


def test_the_report_speaks_french(arrests: Path) -> None:
    done = _run(arrests, "--target", "released", "--lang", "fr")

    assert done.stdout.splitlines()[0] == "arrests.csv: 5 226 lignes, 8 colonnes (csv, virgule, utf-8)"
    assert "Attributs protégés et groupes" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("ensuite : fates ask --data")


def test_every_kind_of_fact_has_its_place_in_the_report() -> None:
    placed = [kind for _, kinds in SECTIONS for kind in kinds]

    assert sorted(placed) == sorted(set(_SENTENCES) - LISTED)


@pytest.mark.parametrize("kind", ["parquet", "duckdb", "sqlite", "xlsx", "folder", "gzip"])
def test_the_same_rows_give_the_same_facts_from_every_source(arrests: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"arrests.{kind}"
    rows = f"SELECT * FROM read_csv('{arrests}', all_varchar = true)"
    with duckdb.connect() as connection:
        if kind == "parquet":
            connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
        elif kind == "duckdb":
            connection.execute(f"ATTACH '{path}' AS target; CREATE TABLE target.arrests AS {rows}; DETACH target")
        elif kind == "folder":
            path.mkdir()
            for part in (0, 1):
                half = f"SELECT * FROM ({rows}) LIMIT 2613 OFFSET {2613 * part}"
                connection.execute(f"COPY ({half}) TO '{path / f'{part}.csv'}' (HEADER)")
        elif kind == "gzip":
            connection.execute(f"COPY ({rows}) TO '{path}' (HEADER, COMPRESSION gzip)")
        else:
            names = [row[0] for row in connection.execute(f"DESCRIBE {rows}").fetchall()]
            cells = connection.execute(rows).fetchall()
            if kind == "sqlite":
                with closing(sqlite3.connect(path)) as target:
                    target.execute(f"CREATE TABLE arrests ({', '.join(names)})")
                    target.executemany(f"INSERT INTO arrests VALUES ({', '.join('?' * len(names))})", cells)
                    target.commit()
            else:
                openpyxl = pytest.importorskip("openpyxl")
                workbook = openpyxl.Workbook()
                for row in [names, *cells]:
                    workbook.active.append(row)
                workbook.save(path)

    expected, found = (_facts(source, "--target", "released") for source in (arrests, path))

    assert found["facts"] == expected["facts"]
    assert found["columns"] == expected["columns"]
    assert found["rates"] == expected["rates"]


def test_numbers_of_parquet_give_the_facts_of_their_texts(arrests: Path, tmp_path: Path) -> None:
    path = tmp_path / "arrests.parquet"
    duckdb.connect().execute(f"COPY (SELECT * FROM read_csv('{arrests}')) TO '{path}' (FORMAT parquet)")

    assert _facts(path, "--target", "released")["rates"] == _facts(arrests, "--target", "released")["rates"]


def test_drift_from_an_earlier_table_is_told(tmp_path: Path) -> None:
    for name, shift in (("before", 0), ("now", 40)):
        rows = f"SELECT i % 50 + {shift} AS age, i % 3 AS code, i % 2 AS y FROM range(2000) t(i)"
        duckdb.connect().execute(f"COPY ({rows}) TO '{tmp_path / name}.csv' (HEADER)")

    done = _run(tmp_path / "now.csv", "--target", "y", "--against", tmp_path / "before.csv")

    assert "Compared with the other table" in done.stdout
    assert "age" in done.stdout.partition("Compared with the other table")[2].splitlines()[1]


def test_the_outcome_of_a_handful_of_persons_is_not_told(tmp_path: Path) -> None:
    rows = "\n".join(f"{'f' if number % 2 else 'm'},{number % 3},{number % 2}" for number in range(400))
    path = tmp_path / "t.csv"
    path.write_text(f"sex,code,granted\n{rows}\nx,1,1\nx,1,1\nx,1,1\n,1,1\n", encoding="utf-8")

    found = _facts(path, "--target", "granted", "--protected", "sex")
    sexes = {one["group"]: one for one in found["rates"]["sex"]}  # type: ignore[index]

    assert "rate" in sexes["f"]
    assert [one for one in sexes.values() if one["rows"] < 5 and "rate" in one] == []


SECRETS = ["zoe.martin@example.org", "FR7630006000011234567890189", "Zoë Martin-Dubois"]


def test_no_value_that_identifies_a_person_is_in_any_output(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "\n".join(
        f"{number}.{SECRETS[0]},{SECRETS[1]},{SECRETS[2]} {number},{number % 2},{number % 7}" for number in range(60)
    )
    path.write_text(f"contact,account,full_name,granted,code\n{rows}\n", encoding="utf-8")

    for words in (
        ["--target", "granted"],
        ["--target", "contact"],
        ["--target", "granted", "--protected", "full_name"],
    ):
        for format_ in ("text", "json"):
            done = _run(path, *words, "--format", format_)
            assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--target", "relesed"], 'there is no column "relesed"\n  did you mean "released"?'),
        ([], "no target is named\n  Columns with two values: "),
        (["--target", "released", "--protected", "released"], "it cannot be protected as well"),
        (["--target", "released", "--favourable", "yes"], 'has no label "yes"'),
    ],
)
def test_a_wrong_name_is_one_message_and_exit_code_2(arrests: Path, words: list[str], said: str) -> None:
    done = _run(arrests, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(shutil.which("script") is None, reason="the program `script` makes a terminal for the bar")
def test_a_bar_is_drawn_on_a_terminal_and_gone_when_done(arrests: Path) -> None:
    command = f"{sys.executable} -m fatesline profile {arrests} --target released"

    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], capture_output=True, text=True, timeout=120, check=True,
        env={"TERM": "xterm", "PATH": "/usr/bin:/bin", "COLUMNS": "120"}, stdin=subprocess.DEVNULL,
    )  # fmt: skip

    assert "measuring" in done.stdout
    assert "arrests.csv: 5,226 rows" in done.stdout
