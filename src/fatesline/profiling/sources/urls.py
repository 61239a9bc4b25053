"""Databases named by a URL: SQLite and DuckDB files, Spark Connect, and whatever SQLAlchemy reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from fatesline.errors import UserError
from fatesline.profiling.sources import databases
from fatesline.profiling.sources.storage import Reading, distinct_names, written
from fatesline.profiling.table import Table

_PASSWORD = re.compile(r"(://[^/@:]*):[^/@]*@")


def opened(url: str, reading: Reading) -> AbstractContextManager[Table]:
    """The table of a database.

    Parameters
    ----------
    url : str
        ``duckdb:///file``, ``sqlite:///file``, ``sc://host:port`` (Spark Connect) or a URL of SQLAlchemy.
    reading : Reading
    """
    scheme, _, rest = url.partition("://")
    shown = Reading(reading.folder, without_password(url), reading.table, reading.moved)
    if scheme in ("duckdb", "sqlite"):
        from fatesline.profiling.sources import files

        return files.opened(rest.removeprefix("/"), shown)
    if scheme == "sc":
        from fatesline.profiling.sources import spark

        return spark.connected_to(url, shown)
    return _of_sqlalchemy(url, shown)


def without_password(url: str) -> str:
    """The URL as messages show it."""
    return _PASSWORD.sub(r"\1:…@", url)


@contextmanager
def _of_sqlalchemy(url: str, reading: Reading) -> Iterator[Table]:
    """Rows are streamed into DuckDB, since the functions of databases differ too much to be asked the same."""
    names, renamed, copy = _streamed(url, reading)
    with databases.from_rows(copy, names, reading) as connection:
        rows = connection.execute("SELECT count(*) FROM raw").fetchone()[0]
        types = ("VARCHAR",) * len(names)
        file = reading.table or Path(reading.where).name
        yield Table(connection, file, "", "", "", names, types, rows, reading.where, "database", renamed)


def _streamed(url: str, reading: Reading) -> tuple[tuple[str, ...], dict[str, str], Path]:
    try:
        import sqlalchemy
        from sqlalchemy import exc
    except ImportError:
        raise UserError(
            "reaching a database by its URL needs the package SQLAlchemy and a driver for it",
            where=reading.where,
            way_on="Install them: pip install sqlalchemy and the driver.",
        ) from None
    try:
        engine: Any = sqlalchemy.create_engine(url)
    except (exc.SQLAlchemyError, ImportError, ValueError):
        raise UserError(
            "there is no driver for this URL", where=reading.where, way_on="It reads like dialect+driver://host/name."
        ) from None
    try:
        with engine.connect() as connection:
            inspected = sqlalchemy.inspect(connection)
            tables = [*inspected.get_table_names(), *inspected.get_view_names()]
            table = databases.chosen(sorted(tables), reading)
            statement = sqlalchemy.select(sqlalchemy.text("*")).select_from(sqlalchemy.table(table))
            answer = connection.execution_options(stream_results=True, yield_per=10_000).execute(statement)
            names, renamed = distinct_names(list(answer.keys()), reading.where)
            copy = written((tuple(row) for row in answer), len(names), reading)
    except exc.SQLAlchemyError as error:
        # Its own words may hold the password or a row.
        kind = type(error).__name__
        raise UserError(f"the database does not answer ({kind})", where=reading.where) from None
    finally:
        engine.dispose()
    return names, renamed, copy
