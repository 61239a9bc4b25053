"""Parquet files: read where they lie, column by column, with the types they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fatesline.errors import UserError
from fatesline.profiling.sources.columns_of import selected
from fatesline.profiling.sources.csv_files import different_columns
from fatesline.profiling.sources.storage import Reading, connected, distinct_names, linked, shut_in
from fatesline.profiling.table import Table


@contextmanager
def opened(
    paths: Sequence[Path], named: str, reading: Reading, *, format_: str = "parquet", sha256: str | None = None
) -> Iterator[Table]:
    """The rows of all files as one table.

    Parameters
    ----------
    paths : sequence of Path
    named : str
        How messages call them together.
    reading : Reading
    format_ : str
        What the table is said to be; a frame may come as Parquet.
    sha256 : str, optional
        Instead of the hash of the files.
    """
    import duckdb

    from fatesline.profiling.sources.files import hash_of

    links = [linked(path, reading, f"table{number}.parquet") for number, path in enumerate(paths)]
    with connected(reading) as connection:
        try:
            columns = [_columns(connection, link, path) for link, path in zip(links, paths, strict=True)]
            names = [name for name, _ in columns[0]]
            for path, found in zip(paths, columns, strict=True):
                if found != columns[0]:
                    others = [name for name, _ in found]
                    what = different_columns(others, names, paths[0])
                    if others == names:
                        what = f'columns have other types than in "{paths[0].name}"'
                    raise UserError(what, where=str(path))
            distinct, renamed = distinct_names(names, named)
            connection.execute("SET VARIABLE files = $1::VARCHAR[]", [[str(link) for link in links]])
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(getvariable('files'))").fetchall()
            # The database has its own names for columns that are called alike.
            parts, types = selected([row[0] for row in described], [row[1] for row in described])
            connection.execute(
                f"CREATE VIEW raw AS SELECT {parts}, file_index * 1099511627776 + file_row_number AS row "
                "FROM read_parquet(getvariable('files'))"
            )
            shut_in(connection, [*links, *(path.resolve() for path in paths)])
            rows = connection.execute("SELECT count(*) FROM raw").fetchone()[0]
            yield Table(
                connection,
                paths[0].name if len(paths) == 1 else Path(named).name,
                hash_of(paths) if sha256 is None else sha256,
                "",
                "",
                distinct,
                types,
                rows,
                named,
                format_,
                renamed,
            )

        except (duckdb.ProgrammingError, duckdb.OutOfMemoryException):
            raise
        except duckdb.Error:
            # Found while counting: columns are read when they are asked for.
            raise _damaged(Path(named)) from None


def _columns(connection: Any, link: Path, path: Path) -> list[tuple[str, str]]:
    import duckdb

    try:
        schema = connection.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(link)]).fetchall()
    except duckdb.Error:
        raise _damaged(path) from None
    return [(str(row[0]), str(row[1])) for row in schema]


def _damaged(path: Path) -> UserError:
    return UserError("this is no whole Parquet file", where=str(path), way_on="Was it copied or downloaded to its end?")
