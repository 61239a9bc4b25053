from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from fatesline.errors import UserError
from fatesline.profiling.sources import opened
from fatesline.profiling.sources.urls import without_password

NASTY = 'no"; DROP TABLE people; --'


def _sqlite(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def _duckdb(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


MAKERS = {"sqlite": _sqlite, "duckdb": _duckdb}
PEOPLE = "CREATE TABLE people AS SELECT 1 AS id, 'Zoë' AS name, 2.5 AS score UNION ALL SELECT 2, NULL, 3.5"


def _fault(source: object, table: str | None = None) -> str:
    with pytest.raises(UserError) as caught, opened(source, table):
        pass
    return str(caught.value)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_only_table_is_read(tmp_path: Path, kind: str) -> None:
    path = MAKERS[kind](tmp_path / "t.db", PEOPLE)

    with opened(path) as table:
        assert (table.names, table.rows, table.format) == (("id", "name", "score"), 2, kind)
        texts = ", ".join(table.sql(name) for name in table.names)
        assert table.asked(f"SELECT {texts} FROM cells ORDER BY 1") == [("1", "Zoë", "2.5"), ("2", None, "3.5")]


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("prefix", ["", "{kind}:///"])
def test_one_of_several_tables_is_named(tmp_path: Path, kind: str, prefix: str) -> None:
    path = MAKERS[kind](tmp_path / "t.db", PEOPLE, "CREATE VIEW grown AS SELECT * FROM people WHERE score > 3")
    source = prefix.format(kind=kind) + str(path)

    assert "the database has 2 tables and none is named" in _fault(source)
    assert "Its tables: grown, people." in _fault(source)
    assert 'there is no table "peple"\n  did you mean "people"?' in _fault(source, "peple")
    with opened(f"{source}::grown") as table:
        assert table.rows == 1


@pytest.mark.parametrize("kind", MAKERS)
def test_names_of_tables_and_columns_are_never_more_than_names(tmp_path: Path, kind: str) -> None:
    quoted = NASTY.replace('"', '""')
    path = MAKERS[kind](tmp_path / "t.db", f'CREATE TABLE "{quoted}" AS SELECT 1 AS "{quoted}", 2 AS b', PEOPLE)

    with opened(path, NASTY) as table:
        assert table.names == (NASTY, "b")
        assert table.rows == 1


@pytest.mark.parametrize("kind", MAKERS)
def test_a_database_without_tables_and_a_damaged_one_are_told(tmp_path: Path, kind: str) -> None:
    path = MAKERS[kind](tmp_path / "t.db", PEOPLE, "DROP TABLE people")
    assert "the database has no tables" in _fault(path)

    path.write_bytes(path.read_bytes()[:100])
    assert "damaged" in _fault(path)


def test_a_view_reaches_nothing_outside_its_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    path = _duckdb(tmp_path / "t.db", f"CREATE VIEW v AS SELECT * FROM read_csv('{secret}')")

    assert 'the table "v" cannot be read' in _fault(path)


def test_rows_of_a_url_are_streamed_by_sqlalchemy(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    path = _sqlite(tmp_path / "t.db", PEOPLE)

    with opened(f"sqlite+pysqlite:///{path}", "people") as table:
        assert (table.names, table.rows, table.sha256) == (("id", "name", "score"), 2, "")
        assert table.asked("SELECT c0, c1, c2 FROM cells ORDER BY 1") == [("1", "Zoë", "2.5"), ("2", None, "3.5")]


def test_a_url_without_driver_or_answer_is_told_without_its_password() -> None:
    pytest.importorskip("sqlalchemy")

    said = _fault("nosuchdatabase://me:secret@host/db")
    assert "there is no driver for this URL" in said
    assert "secret" not in said
    assert without_password("postgresql://me:secret@host/db") == "postgresql://me:…@host/db"
