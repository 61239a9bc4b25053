"""Files of DuckDB and SQLite, and databases that SQLAlchemy reaches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from fatesline.catalog.positions import printable
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling.sources.columns_of import quoted, selected
from fatesline.profiling.sources.storage import (
    Reading,
    connected,
    distinct_names,
    linked,
    loaded,
    numbered,
    shut_in,
    written,
)
from fatesline.profiling.table import SAMPLED_ROWS, Table


def opened(path: Path, kind: Literal["duckdb", "sqlite"], reading: Reading) -> AbstractContextManager[Table]:
    """A table or view of a file; a context manager that gives the `Table`."""
    return _of_duckdb(path, reading) if kind == "duckdb" else _of_sqlite(path, reading)


def chosen(tables: Sequence[str], reading: Reading) -> str:
    """The table that was named, or the only one.

    Raises
    ------
    UserError
        If there is none, or several and none is named.
    """
    listed = ", ".join(printable(name, 60) for name in tables[:20]) + (", …" if len(tables) > 20 else "")
    if not tables:
        raise UserError("the database has no tables", where=reading.where)
    if reading.table is None:
        if len(tables) == 1:
            return tables[0]
        raise UserError(
            f"the database has {len(tables)} tables and none is named",
            where=reading.where,
            way_on=f"Name one with --table or as {reading.where}::{tables[0]}. Its tables: {listed}.",
        )
    if reading.table not in tables:
        hint = did_you_mean(reading.table, tables) or f"Its tables: {listed}."
        raise UserError(f'there is no table "{printable(reading.table)}"', where=reading.where, way_on=hint)
    return reading.table


@contextmanager
def _of_duckdb(path: Path, reading: Reading) -> Iterator[Table]:
    import duckdb

    from fatesline.profiling.sources.files import hash_of

    link = linked(path, reading, "source.duckdb")
    with connected(reading, path.stat().st_size) as connection:
        try:
            connection.execute(f"ATTACH '{link}' AS source (READ_ONLY)")
        except duckdb.Error:
            raise UserError(
                "the database cannot be opened: damaged, of another version of DuckDB, or in use", where=str(path)
            ) from None
        # From here on, no view of the file reaches anything outside it.
        shut_in(connection)
        found = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'source' UNION ALL "
            "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'source' AND NOT internal "
            "ORDER BY 1, 2"
        ).fetchall()
        tables = {name if schema == "main" else f"{schema}.{name}": (schema, name) for schema, name in found}
        inner = chosen(list(tables), reading)
        schema, name = tables[inner]
        relation = f"source.{quoted(schema)}.{quoted(name)}"
        try:
            described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
            names, renamed = distinct_names([row[0] for row in described], reading.where)
            parts, types = selected([row[0] for row in described], [row[1] for row in described])
            rows = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()[0]
            if rows <= SAMPLED_ROWS or (schema, name) not in _base_tables(connection):
                connection.execute(f"CREATE TABLE stored AS SELECT {parts} FROM {relation}")
                numbered(connection)
            else:
                connection.execute(f"CREATE VIEW raw AS SELECT {parts}, rowid AS row FROM {relation}")
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            raise UserError(f'the table "{printable(name)}" cannot be read', where=reading.where) from None
        yield Table(
            connection, path.name, hash_of([path]), "", "", names, types, rows, reading.where, "duckdb", renamed,
            inner=inner,
        )  # fmt: skip


def _base_tables(connection: Any) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'source'")
    return set(rows.fetchall())


@contextmanager
def _of_sqlite(path: Path, reading: Reading) -> Iterator[Table]:
    from fatesline.profiling.sources.files import hash_of

    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.text_factory = _text
            tables = [
                row[0]
                for row in source.execute(
                    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
                    "ORDER BY name"
                )
            ]
            inner = chosen(tables, reading)
            cursor = source.execute(f"SELECT * FROM {quoted(inner)}")
            names, renamed = distinct_names([column[0] for column in cursor.description], reading.where)
            copy = written(cursor, len(names), reading)
    except sqlite3.Error:
        raise UserError("the database cannot be read: damaged or in use", where=str(path)) from None
    with from_rows(copy, names, reading) as connection:
        rows = connection.execute("SELECT count(*) FROM raw").fetchone()[0]
        types = ("VARCHAR",) * len(names)
        yield Table(
            connection, path.name, hash_of([path]), "", "", names, types, rows, reading.where, "sqlite", renamed,
            inner=inner,
        )  # fmt: skip


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


@contextmanager
def from_rows(copy: Path, names: Sequence[str], reading: Reading) -> Iterator[Any]:
    """A connection with the relation ``raw`` of rows that were written out."""
    with connected(reading, copy.stat().st_size) as connection:
        loaded(connection, copy, len(names))
        shut_in(connection)
        yield connection
