"""The embedded engine: a DuckDB of our own in a folder of our own, with bounded memory and no way out."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fatesline.errors import UserError, UserErrors

#: Of DuckDB's buffers; what does not fit lies in the temporary folder meanwhile.
MEMORY = "500MB"
#: From this size of the source, in bytes, rows are kept in a file, compressed, instead of in memory.
IN_MEMORY = 50_000_000

#: Columns of one table at most. The database handles 2,048 rows at a time, so that ten thousand columns of text take
#: 330 MB for each step of each query, whatever the number of rows; two thousand are measured in about 10 s.
MOST_COLUMNS = 2_000

Moved = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a source is put while it is measured.

    Parameters
    ----------
    folder : Path
        Temporary, empty, ours alone.
    where : str
        How messages call the source.
    table : str or None
        The table, view or sheet that was named.
    moved : callable or None
        Told how much of the source has been read, and of how much.
    """

    folder: Path
    where: str
    table: str | None = None
    moved: Moved | None = None


@contextmanager
def connected(reading: Reading, size: int = 0) -> Iterator[Any]:
    """A connection of its own, closed afterwards.

    Parameters
    ----------
    reading : Reading
    size : int
        Of the source in bytes, where known.
    """
    import duckdb

    stored = str(reading.folder / "cells.duckdb") if size > IN_MEMORY else ":memory:"
    connection = duckdb.connect(
        stored,
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": str(reading.folder / "spilled"),
            "memory_limit": MEMORY,
        },
    )
    try:
        # Bars of its own would be drawn into ours.
        connection.execute("SET enable_progress_bar = false")
        yield connection
    except duckdb.OutOfMemoryException:
        raise UserError(
            f"the table does not fit the {MEMORY} of memory that measuring may use",
            where=reading.where,
            way_on="Give fewer columns, or shorter texts.",
        ) from None
    finally:
        connection.close()


def shut_in(connection: Any, readable: Sequence[Path] = ()) -> None:
    """Take from a connection what it no longer needs: files other than these, the network, its own settings."""
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in readable)
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")


def linked(path: Path, reading: Reading, name: str) -> Path:
    """The file under a name that the database takes as it is: * ? [ and quotes mean something to it."""
    link = reading.folder / name
    os.symlink(path.resolve(), link)
    return link


def distinct_names(names: Sequence[str], where: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Names made different as pandas does, ``x``, ``x.1``, and which ones were changed.

    Raises
    ------
    UserError
        If a column has no name, or there are too many.
    """
    refuse_too_many(len(names), where)
    faults = [
        UserError(f"column {number} has no name", where=where)
        for number, name in enumerate(names, start=1)
        if not name.strip()
    ]
    if faults:
        raise UserErrors(faults)
    taken = set(names)
    seen: set[str] = set()
    distinct, renamed = [], {}
    for name in names:
        new, number = name, 0
        while new in seen or (new != name and new in taken):
            number += 1
            new = f"{name}.{number}"
        seen.add(new)
        distinct.append(new)
        if new != name:
            renamed[new] = name
    return tuple(distinct), renamed


def refuse_too_many(columns: int, where: str) -> None:
    """Stop before a table is read that is wider than ``MOST_COLUMNS``."""
    if columns > MOST_COLUMNS:
        raise UserError(
            f"the table has {columns:,} columns; at most {MOST_COLUMNS:,} can be measured",
            where=where,
            way_on="Leave out columns that no model will read, or measure some of them at a time.",
        )


def written(rows: Iterable[Sequence[object]], width: int, reading: Reading) -> Path:
    """Rows from Python as a CSV file that `loaded` reads; None becomes an empty cell.

    DuckDB takes rows one by one far more slowly than a file.
    """
    path = reading.folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in rows:
            cells = ["" if cell is None else _plain(cell) for cell in row[:width]]
            writer.writerow(cells + [""] * (width - len(cells)) if any(cells) or width > 1 else ['""'])
    return path


def _plain(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    text = cell.hex() if isinstance(cell, bytes) else str(cell)
    # Half of a surrogate pair and the zero byte have no place in UTF-8 text that the database takes.
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def loaded(connection: Any, path: Path, width: int) -> None:
    """The relation ``raw`` from a file that `written` wrote, as text."""
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    cells = ", ".join(f"nullif(c{number}, '') AS c{number}" for number in range(width))
    connection.execute(
        f"CREATE TABLE stored AS SELECT {cells} FROM read_csv(?, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, max_line_size = 16000000)",
        [str(path)],
    )
    path.unlink()
    numbered(connection)


def numbered(connection: Any) -> None:
    """The relation ``raw`` over the table ``stored``, with the number of each row."""
    connection.execute("CREATE VIEW raw AS SELECT *, rowid AS row FROM stored")


def room_for(size: int, reading: Reading) -> None:
    """Stop before a disk is filled: so many bytes must be free in the temporary folder.

    Raises
    ------
    UserError
        If there is less.
    """
    free = shutil.disk_usage(reading.folder).free
    if free < size:
        raise UserError(
            f"there is no room for a copy of {size / 1e9:.1f} GB in the temporary folder",
            where=reading.where,
            way_on="Set TMPDIR to a folder with more room.",
        )
