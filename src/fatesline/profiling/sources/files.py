"""Files of any kind, alone or as a folder or pattern of one kind."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal

from fatesline.catalog.positions import printable
from fatesline.errors import UserError
from fatesline.profiling.sources import csv_files
from fatesline.profiling.sources.storage import Reading, connected, shut_in
from fatesline.profiling.table import Table

FileKind = Literal["csv", "parquet", "excel", "duckdb", "sqlite"]

#: Files of a folder at most.
MOST_FILES = 10_000

# What files begin with; the name of a file says less.
_BEGINNINGS: tuple[tuple[bytes, int, FileKind], ...] = (
    (b"PAR1", 0, "parquet"),
    (b"PK\x03\x04", 0, "excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "excel"),
    (b"SQLite format 3\x00", 0, "sqlite"),
    (b"DUCK", 8, "duckdb"),
)
_ENDINGS: dict[str, FileKind] = {".parquet": "parquet", ".xlsx": "excel", ".xlsm": "excel"}


def opened(named: str, reading: Reading) -> AbstractContextManager[Table]:
    """The table of a file, or of all files of a folder or pattern."""
    paths = _paths(named)
    kinds = {path: kind(path) for path in paths}
    others = [path for path in paths if kinds[path] != kinds[paths[0]]]
    if others:
        raise UserError(
            f'the files are of different kinds: "{printable(paths[0].name)}" is {kinds[paths[0]]}, '
            f'"{printable(others[0].name)}" is {kinds[others[0]]}',
            where=named,
            way_on="Name the files of one kind with a pattern, as in 'folder/*.csv'.",
        )
    found = kinds[paths[0]]
    if found == "csv":
        return _of_csv(paths, named, reading)
    if found == "parquet":
        from fatesline.profiling.sources import parquet_files

        return parquet_files.opened(paths, named, reading)
    if len(paths) > 1:
        raise UserError(f"several {found} files are not read as one table", where=named, way_on="Name one of them.")
    if found == "excel":
        from fatesline.profiling.sources import workbooks

        return workbooks.opened(paths[0], reading)
    from fatesline.profiling.sources import databases

    return databases.opened(paths[0], found, reading)


def kind(path: Path) -> FileKind:
    """What a file is, by its first bytes."""
    try:
        with path.open("rb") as stream:
            first = stream.read(32)
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=str(path)) from None
    for beginning, offset, found in _BEGINNINGS:
        if first[offset:].startswith(beginning):
            return found
    return _ENDINGS.get(path.suffix.lower(), "csv")


def hash_of(paths: Sequence[Path]) -> str:
    """SHA-256 of the file, or of the sorted hashes of several, a line each."""
    hashes = []
    for path in paths:
        with path.open("rb") as stream:
            hashes.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return combined(hashes)


def combined(hashes: Sequence[str]) -> str:
    """One hash of one or several; the names and order of files do not matter."""
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(hashes)).encode()).hexdigest()


def _paths(named: str) -> list[Path]:
    path = Path(named)
    try:
        if path.is_dir():
            paths = sorted(one for one in path.rglob("*") if one.is_file() and not _is_aside(one, path))
            if not paths:
                raise UserError("the folder has no files", where=named)
        elif path.exists() or not glob.has_magic(named):
            return [path]
        else:
            paths = sorted(Path(one) for one in glob.glob(named, recursive=True) if Path(one).is_file())
            if not paths:
                raise UserError("no file has a name like this", where=named)
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=named) from None
    if len(paths) > MOST_FILES:
        raise UserError(f"more than {MOST_FILES:,} files", where=named, way_on="Name fewer with a pattern.")
    return paths


def _is_aside(path: Path, folder: Path) -> bool:
    """True for what other tools leave beside the data: hidden files, Spark's marks of success."""
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


@contextmanager
def _of_csv(paths: Sequence[Path], named: str, reading: Reading) -> Iterator[Table]:
    files = [csv_files.measured(path, reading) for path in paths]
    size = sum(path.stat().st_size for path in paths)
    with connected(reading, size) as connection:
        names, renamed = csv_files.load(connection, files, reading)
        shut_in(connection)
        yield Table(
            connection,
            paths[0].name if len(paths) == 1 else Path(named).name,
            combined([file.sha256 for file in files]),
            files[0].delimiter,
            files[0].encoding,
            names,
            ("VARCHAR",) * len(names),
            connection.execute("SELECT count(*) FROM raw").fetchone()[0],
            named,
            "csv",
            renamed,
        )
