"""A CSV file as a DuckDB table of text cells.

Columns are called c0, c1, ... inside the database and values are bound, so no name and no value of the file is ever
part of an SQL text.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fatesline.catalog.positions import printable
from fatesline.errors import UserError, UserErrors

#: The beginning of the file from which the separator is read, in characters; the first line must fit.
HEAD = 1 << 20

_CHUNK = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")
_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a file as text, in the table ``cells``; an empty cell is an empty text.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Can no longer reach files or the network.
    file : str
        Name without folders.
    sha256 : str
        Of the file as it lies on disk.
    delimiter, encoding : str
    names : tuple of str
        Column ``i`` of the database is called ``ci``.
    rows : int
    """

    connection: Any
    file: str
    sha256: str
    delimiter: str
    encoding: str
    names: tuple[str, ...]
    rows: int

    def sql(self, column: str) -> str:
        """The name of a column inside the database."""
        return f"c{self.names.index(column)}"

    def asked(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of the answer to a query over ``cells``; values are bound to ``?`` or ``$1``."""
        answer: list[tuple[Any, ...]] = self.connection.execute(query, list(values)).fetchall()
        return answer


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """A CSV file, plain or gzip, read and closed afterwards.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 with a byte order mark, or Windows-1252; separated by comma, semicolon, tab or bar; quoted with
        double quotes; names in the first line.

    Raises
    ------
    UserError
        If there is no such file, it is empty, no text, no table, has columns without or with equal names, or rows of
        different lengths. No cell of the file is shown.
    """
    sha256, encoding = _read_through(path)
    head = _head(path, encoding)
    delimiter = _delimiter(head, path)
    names = _names(head, delimiter, path)
    with tempfile.TemporaryDirectory(prefix="fates-") as folder:
        connection = _loaded(path, Path(folder), encoding, delimiter, names, _lines_of_names(head, delimiter))
        try:
            rows = connection.execute("SELECT count(*) FROM cells").fetchone()[0]
            if not rows:
                raise UserError("the table has names but no rows", where=str(path))
            yield Table(connection, path.name, sha256, delimiter, encoding, names, rows)
        finally:
            connection.close()


def _bytes(path: Path) -> IO[bytes]:
    stream = path.open("rb")
    compressed = stream.read(2) == b"\x1f\x8b"
    stream.close()
    return gzip.open(path, "rb") if compressed else path.open("rb")  # type: ignore[return-value]


def _read_through(path: Path) -> tuple[str, str]:
    """Hash of the file, and its encoding."""
    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        with _bytes(path) as stream:
            return sha256, _encoding(stream, path)
    except IsADirectoryError:
        raise UserError("this is a folder; name a CSV file", where=str(path)) from None
    except (gzip.BadGzipFile, EOFError):
        raise UserError("the compressed file is damaged", where=str(path)) from None
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=str(path)) from None


def _encoding(stream: IO[bytes], path: Path) -> str:
    first = stream.read(_CHUNK)
    if not first.strip():
        raise UserError("the file is empty", where=str(path))
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8", "cp1252"]
    decoders = {name: codecs.getincrementaldecoder(name)() for name in candidates}
    foreign = letters = lines = 0
    fault_line = 0
    chunk = first
    while True:
        text = ""
        for name in list(decoders):
            try:
                text = decoders[name].decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                del decoders[name]
                fault_line = fault_line or lines + chunk.count(b"\n", 0, max(error.start, 0)) + 1
        if "\x00" in text or not decoders:
            break
        if next(iter(decoders)) == "cp1252":
            # Windows-1252 gives nearly every byte a meaning: believed only where it reads like Latin letters.
            foreign += sum(
                char in _CONTROLS or (char >= "\x80" and not char.isalpha() and char not in _PUNCTUATION)
                for char in text
            )
            letters += sum(char.isalpha() for char in text)
        lines += chunk.count(b"\n")
        if not chunk:
            break
        chunk = stream.read(_CHUNK)
    name = next(iter(decoders), "")
    if not name or "\x00" in text or (name == "cp1252" and foreign * 50 > letters):
        where = f"{path}:{fault_line}" if fault_line else str(path)
        raise UserError(
            "this is no text in a known encoding", where=where, way_on="Save the table as CSV with the encoding UTF-8."
        )
    return name


_CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\r\n\f")
_PUNCTUATION = frozenset("€‚„…‘’“”–—«»°·§£©®²³½¼¾×÷¡¿ºª±µ\xa0")


def _head(path: Path, encoding: str) -> str:
    with _bytes(path) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        head = text.read(HEAD)
    if len(head) == HEAD:
        whole, end, _ = head.rpartition("\n")
        if not end:
            raise UserError("the first line is longer than a million characters; this is no table", where=f"{path}:1")
        return whole + end
    return head


def _records(head: str, delimiter: str, most: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    try:
        for record in reader:
            if record:
                records.append(record)
            if len(records) == most:
                break
    except csv.Error:
        # A cell that never ends: the database says where.
        pass
    return records


def _delimiter(head: str, path: Path) -> str:
    """The separator that gives most of the first rows the length of the first one, which must have several columns."""
    best, best_score = "", (0.0, 0)
    for delimiter in _SEPARATORS:
        records = _records(head, delimiter, 200)
        if not records or len(records[0]) < 2:
            continue
        width = len(records[0])
        score = (round(sum(len(record) == width for record in records) / len(records), 2), width)
        if score > best_score:
            best, best_score = delimiter, score
    if not best:
        raise UserError(
            "the first line has one column only",
            where=f"{path}:1",
            way_on="A table has a target and at least one further column, separated by comma, semicolon, tab or bar.",
        )
    return best


def _names(head: str, delimiter: str, path: Path) -> tuple[str, ...]:
    names = tuple(_records(head, delimiter, 1)[0])
    faults = []
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if not name.strip():
            faults.append(UserError(f"column {number} has no name", where=f"{path}:1"))
        elif name in seen:
            faults.append(
                UserError(
                    f'columns {seen[name]} and {number} have the same name "{printable(name)}"', where=f"{path}:1"
                )
            )
        seen.setdefault(name, number)
    if sum(bool(_NUMBER.match(name)) for name in names) * 2 > len(names):
        # Not shown: without names, the first line is somebody's data.
        faults = [UserError("the first line looks like data, not like names of columns", where=f"{path}:1")]
    if faults:
        raise UserErrors(faults)
    return names


def _loaded(path: Path, folder: Path, encoding: str, delimiter: str, names: Sequence[str], lines_of_names: int) -> Any:
    import duckdb

    source = _readable(path, folder, encoding, lines_of_names)
    width = len(names)
    header = str(lines_of_names == 1).lower()
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": str(folder),
        },
    )
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    cells = ", ".join(f"coalesce(c{number}, '') AS c{number}" for number in range(width))
    with source.open("rb") as stream:
        compression = "gzip" if stream.read(2) == b"\x1f\x8b" else "none"
    try:
        connection.execute(
            f"CREATE TABLE cells AS SELECT {cells} FROM read_csv(?, auto_detect = false, header = {header}, delim = ?, "
            f"quote = '\"', escape = '\"', compression = ?, columns = {{{columns}}}, strict_mode = true)",
            [str(source), delimiter, compression],
        )
    except duckdb.Error as error:
        connection.close()
        raise _fault(str(error), path) from None
    connection.execute("SET enable_external_access = false")
    return connection


def _lines_of_names(head: str, delimiter: str) -> int:
    """How many lines the names take; more than one where a name has a line break in it."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    next(reader)
    return reader.line_num


def _readable(path: Path, folder: Path, encoding: str, lines_of_names: int) -> Path:
    """The file under a name, and in an encoding, that the database takes as they are.

    Names on several lines are left out: DuckDB then finds no rows below them, or too few.
    """
    if encoding not in ("utf-8", "utf-8-sig") or lines_of_names > 1:
        copy = folder / "table.csv"
        with (
            _bytes(path) as stream,
            io.TextIOWrapper(stream, encoding=encoding, newline="") as text,
            copy.open("w", encoding="utf-8", newline="") as written,
        ):
            for _ in range(lines_of_names if lines_of_names > 1 else 0):
                text.readline()
            while chunk := text.read(_CHUNK):
                written.write(chunk)
        return copy
    # A path with * ? [ would be taken for a pattern.
    link = folder / "table"
    os.symlink(path.resolve(), link)
    return link


def _fault(said: str, path: Path) -> UserError:
    """The database's complaint without the line it quotes, which is somebody's data."""
    line = re.search(r"Line: (\d+)", said)
    where = f"{path}:{line[1]}" if line else str(path)
    widths = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if widths:
        return UserError(f"this row has {widths[2]} cells, the first line has {widths[1]}", where=where)
    if "unterminated quote" in said.lower() or "quote" in said.lower().split("\n")[0]:
        return UserError("a quote is opened and not closed", where=where)
    if "line size" in said.lower():
        return UserError("a line is too long for a table", where=where)
    return UserError("the file cannot be read as a table", where=where)
