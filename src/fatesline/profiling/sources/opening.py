"""From what the user names to an open table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fatesline.errors import UserError
from fatesline.profiling.sources.storage import Moved, Reading
from fatesline.profiling.table import Table

#: A path, a pattern, a URL, or a frame.
Source = Any


@contextmanager
def opened(source: Source, table: str | None = None, moved: Moved | None = None) -> Iterator[Table]:
    """A table from any source, closed afterwards.

    Parameters
    ----------
    source : path, str or frame
        A file, a folder or pattern of files of one kind, the URL of a database, or a frame that narwhals understands;
        ``file.db::table`` names a table of a database or a sheet of a workbook.
    table : str, optional
        The table or sheet, if it does not stand in the source.
    moved : callable, optional
        Told how much of the source has been read, and of how much.

    Raises
    ------
    UserError
        If there is no such source, it holds no table, or several and none is named. No cell of it is shown.
    """
    with tempfile.TemporaryDirectory(prefix="fates-") as folder:
        if not isinstance(source, str | Path):
            from fatesline.profiling.sources import frames

            with frames.opened(source, Reading(Path(folder), "the frame", table, moved)) as found:
                yield _with_rows(found)
            return
        named, inner = _parted(str(source))
        if inner is not None and table is not None and inner != table:
            raise UserError(f'two tables are named: "{inner}" and "{table}"', where=named)
        reading = Reading(Path(folder), named, inner if inner is not None else table, moved)
        if "://" in named:
            from fatesline.profiling.sources import urls

            with urls.opened(named, reading) as found:
                yield _with_rows(found)
        else:
            from fatesline.profiling.sources import files

            with files.opened(named, reading) as found:
                yield _with_rows(found)


def _parted(source: str) -> tuple[str, str | None]:
    """The source, and the table named behind ``::``; a file that is called so is no table."""
    named, parted, table = source.rpartition("::")
    if not parted or Path(source).exists():
        return source, None
    return named, table


def _with_rows(table: Table) -> Table:
    if not table.rows:
        raise UserError("the table has names but no rows", where=table.where)
    return table
