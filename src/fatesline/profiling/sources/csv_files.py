"""CSV files, plain or gzip: separator, encoding and names are measured, cells stay text."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fatesline.catalog.positions import printable
from fatesline.errors import UserError
from fatesline.profiling.personal import names_somebody
from fatesline.profiling.sources.storage import (
    Reading,
    distinct_names,
    linked,
    numbered,
    refuse_too_many,
    room_for,
)

#: The beginning of the file from which separator and names are read, in characters; the first line must fit.
HEAD = 1 << 20
#: Rows of the beginning that are compared with the first line.
HEAD_ROWS = 200

_CHUNK = 1 << 22
_SEPARATORS = (",", ";", "\t", "|")
_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*\Z")
# What two or more bytes in UTF-8 look like; in Windows-1252 it reads like "Ã©", which nobody writes.
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\r\n\f")
_PUNCTUATION = frozenset("€‚„…‘’“”–—«»°·§£©®²³½¼¾×÷¡¿ºª±µ\xa0")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One file as it was measured.

    Parameters
    ----------
    path : Path
    sha256 : str
        Of the file as it lies on disk.
    encoding, delimiter : str
    names : tuple of str
        As they stand there, not made different yet.
    lines_of_names : int
        More than one where a name has a line break in it.
    """

    path: Path
    sha256: str
    encoding: str
    delimiter: str
    names: tuple[str, ...]
    lines_of_names: int


def measured(path: Path, reading: Reading) -> CsvFile:
    """Separator, encoding, names and hash of a file.

    Raises
    ------
    UserError
        If it is empty, no text, or no table. No cell of it is shown.
    """
    try:
        _refuse_no_text(path)
        head = _head(path, _guess(path))
        if head is None:
            # Found before the rest is read: a file of one line may be of any size.
            raise UserError("the first line is longer than a million characters; this is no table", where=f"{path}:1")
        sha256, encoding = _read_through(path, reading)
        head = _head(path, encoding) or ""
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise UserError("the compressed file is damaged", where=str(path)) from None
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=str(path)) from None
    delimiter = _delimiter(head, path)
    names = _names(head, delimiter, path)
    return CsvFile(path, sha256, encoding, delimiter, names, _lines_of_names(head, delimiter))


def load(connection: Any, files: Sequence[CsvFile], reading: Reading) -> tuple[tuple[str, ...], dict[str, str]]:
    """The relation ``raw`` of all rows, as text; the names of its columns, and which were changed.

    Raises
    ------
    UserError
        If names are empty or files differ in them, or rows have different lengths.
    """
    import duckdb

    first = files[0]
    names, renamed = distinct_names(first.names, f"{first.path}:1")
    for file in files[1:]:
        if file.names != first.names:
            raise UserError(different_columns(file.names, first.names, first.path), where=f"{file.path}:1")
    width = len(names)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    cells = ", ".join(f"nullif(c{number}, '') AS c{number}" for number in range(width))
    connection.execute(f"CREATE TABLE stored ({', '.join(f'c{number} VARCHAR' for number in range(width))})")
    for number, file in enumerate(files):
        source, compressed = _readable(file, reading, number)
        header = str(file.lines_of_names == 1).lower()
        try:
            connection.execute(
                f"INSERT INTO stored SELECT {cells} FROM read_csv(?, auto_detect = false, header = {header}, "
                f"delim = ?, quote = '\"', escape = '\"', compression = ?, columns = {{{columns}}}, "
                "strict_mode = true)",
                [str(source), file.delimiter, "gzip" if compressed else "none"],
            )
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise _fault(str(error), file.path) from None
        finally:
            source.unlink()
    numbered(connection)
    return names, renamed


def different_columns(found: Sequence[str], expected: Sequence[str], other: Path) -> str:
    """What is wrong where files of one folder have not the same columns."""
    missing = [name for name in expected if name not in found]
    further = [name for name in found if name not in expected]
    parts = [f"lacks {_quoted(missing)}"] if missing else []
    parts += [f"has {_quoted(further)} besides"] if further else []
    told = " and ".join(parts) or "has them in another order"
    return f'this file has not the columns of "{printable(other.name)}": it {told}'


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{printable(name, 60)}"' for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _bytes(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if _is_compressed(path) else path.open("rb")  # type: ignore[return-value]


def _guess(path: Path) -> str:
    """An encoding in which the first line can be found."""
    with _bytes(path) as stream:
        first = stream.read(4)
    return "utf-16" if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1"


def _refuse_no_text(path: Path) -> None:
    with _bytes(path) as stream:
        first = stream.read(1 << 16)
    if not first.strip():
        raise UserError("the file is empty", where=str(path))
    if b"\x00" in first and not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _no_text(path, 0)


def _no_text(path: Path, line: int) -> UserError:
    return UserError(
        "this is no text in a known encoding",
        where=f"{path}:{line}" if line else str(path),
        way_on="Save the table as CSV with the encoding UTF-8.",
    )


def _read_through(path: Path, reading: Reading) -> tuple[str, str]:
    """Hash of the file, and its encoding, in one pass unless it is Windows-1252."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if reading.moved is not None:
                reading.moved(stream.tell(), 2 * size)
    with _bytes(path) as stream:
        encoding, fault = _decoded(stream, path)
    if not encoding:
        with _bytes(path) as stream:
            encoding = _windows(stream, path, fault)
    return digest.hexdigest(), encoding


def _decoded(stream: IO[bytes], path: Path) -> tuple[str, int]:
    """UTF-16 or UTF-8, or nothing and the line that is neither."""
    first = stream.read(_CHUNK)
    wide = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = "utf-16" if wide else "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    decoder = codecs.getincrementaldecoder(name)()
    chunk, lines = first, 0
    while True:
        try:
            # Most chunks are plain ASCII, and decoding them would take longer than looking.
            if wide or not chunk.isascii() or decoder.getstate()[0]:
                text = decoder.decode(chunk, final=not chunk)
                zero = "\x00" in text
            else:
                zero = b"\x00" in chunk
        except UnicodeDecodeError as error:
            if wide:
                raise _no_text(path, 0) from None
            return "", lines + chunk.count(b"\n", 0, max(error.start, 0)) + 1
        if zero:
            raise _no_text(path, lines + 1)
        lines += chunk.count(b"\n")
        if not chunk:
            return name, 0
        chunk = stream.read(_CHUNK)


def _windows(stream: IO[bytes], path: Path, fault: int) -> str:
    """Windows-1252, which gives nearly every byte a meaning: believed only where it reads like Latin letters."""
    foreign = letters = several = 0
    while chunk := stream.read(_CHUNK):
        several += len(_SEVERAL_BYTES.findall(chunk))
        try:
            text = chunk.decode("cp1252")
        except UnicodeDecodeError:
            raise _no_text(path, fault) from None
        if "\x00" in text:
            raise _no_text(path, fault)
        foreign += sum(
            char in _CONTROLS or (char >= "\x80" and not char.isalpha() and char not in _PUNCTUATION) for char in text
        )
        letters += sum(char.isalpha() for char in text)
    if foreign * 50 > letters and foreign * 2 > several:
        raise _no_text(path, fault)
    if several:
        raise UserError(
            "this line is not in the encoding of the others: some lines are UTF-8, this one is not",
            where=f"{path}:{fault}",
            way_on="Save the table with one encoding, best UTF-8.",
        )
    return "cp1252"


def _head(path: Path, encoding: str) -> str | None:
    """Whole lines from the beginning; None if the first one does not fit."""
    with _bytes(path) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="", errors="replace") as text:
        head = text.read(HEAD)
    if len(head) == HEAD:
        whole, end, _ = head.rpartition("\n")
        return whole + end if end else None
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
        records = _records(head, delimiter, HEAD_ROWS)
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
    first, *rows = _records(head, delimiter, HEAD_ROWS)
    refuse_too_many(len(first), f"{path}:1")
    if looks_like_data(first, rows):
        # Not shown: without names, the first line is somebody's data.
        raise UserError(
            "the first line looks like data, not like names of columns",
            where=f"{path}:1",
            way_on="Put a line with the names of the columns before it.",
        )
    return tuple(first)


def looks_like_data(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """True if most of the first line are numbers, or texts that stand further down as well, or one identifies somebody.

    Parameters
    ----------
    first : sequence of str
    rows : sequence of sequence of str
        Some of the lines after it.
    """
    numbers = sum(bool(_NUMBER.match(name)) for name in first)
    if numbers * 2 > len(first) or any(names_somebody(name.strip()) for name in first):
        return True
    texts = [(number, name) for number, name in enumerate(first) if name.strip() and not _NUMBER.match(name)]
    again = sum(any(number < len(row) and row[number] == name for row in rows) for number, name in texts)
    return again * 2 > len(texts)


def _lines_of_names(head: str, delimiter: str) -> int:
    """How many lines the names take; more than one where a name has a line break in it."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    next(reader)
    return reader.line_num


def _readable(file: CsvFile, reading: Reading, number: int) -> tuple[Path, bool]:
    """The file under a name, and in an encoding, that the database takes as they are; whether it is compressed.

    Names on several lines are left out: DuckDB then finds no rows below them, or too few.
    """
    if file.encoding in ("utf-8", "utf-8-sig") and file.lines_of_names == 1:
        return linked(file.path, reading, f"table{number}"), _is_compressed(file.path)
    room_for(2 * file.path.stat().st_size, reading)
    copy = reading.folder / f"table{number}.csv"
    with (
        _bytes(file.path) as stream,
        io.TextIOWrapper(stream, encoding=file.encoding, newline="") as text,
        copy.open("w", encoding="utf-8", newline="") as written,
    ):
        for _ in range(file.lines_of_names if file.lines_of_names > 1 else 0):
            text.readline()
        while chunk := text.read(_CHUNK):
            written.write(chunk)
    return copy, False


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
