"""Excel workbooks: one sheet, row by row, names in its first row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from fatesline.catalog.positions import printable
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling.sources.csv_files import HEAD_ROWS, looks_like_data
from fatesline.profiling.sources.storage import Reading, connected, distinct_names, loaded, shut_in, written
from fatesline.profiling.table import Table

#: What a workbook may unpack to, in bytes: its texts are held in memory together.
UNPACKED = 500_000_000


@contextmanager
def opened(path: Path, reading: Reading) -> Iterator[Table]:
    """The rows of a sheet, as text."""
    from fatesline.profiling.sources.files import hash_of

    inner, rows = _rows(path, reading)
    try:
        first = _without_tail(next(rows, ()))
        if not first:
            raise UserError("the sheet is empty", where=str(path))
        head = list(islice(rows, HEAD_ROWS))
        texts = ["" if cell is None else str(cell) for cell in first]
        if looks_like_data(texts, [["" if cell is None else str(cell) for cell in row] for row in head]):
            raise UserError("the first row looks like data, not like names of columns", where=f"{path}:1")
        names, renamed = distinct_names(texts, f"{path}:1")
        copy = written(_filled(head, rows, len(names), path), len(names), reading)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError):
        # What openpyxl makes of damaged parts; the parser of XML raises a SyntaxError.
        raise _damaged(path) from None
    with connected(reading, copy.stat().st_size) as connection:
        loaded(connection, copy, len(names))
        shut_in(connection)
        count = connection.execute("SELECT count(*) FROM raw").fetchone()[0]
        types = ("VARCHAR",) * len(names)
        yield Table(
            connection, path.name, hash_of([path]), "", "", names, types, count, str(path), "excel", renamed,
            inner=inner,
        )  # fmt: skip


def _filled(
    head: Sequence[Sequence[object]], rest: Iterator[Sequence[object]], width: int, path: Path
) -> Iterator[Sequence[object]]:
    """Rows with anything in them; a row longer than the names is a fault."""
    for number, row in enumerate(_chained(head, rest), start=2):
        cells = _without_tail(row)
        if len(cells) > width:
            raise UserError(f"this row has {len(cells)} cells, the first row has {width}", where=f"{path}:{number}")
        if cells:
            yield cells


def _chained(head: Sequence[Sequence[object]], rest: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield from head
    yield from rest


def _without_tail(row: Sequence[object]) -> Sequence[object]:
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row[:end]


def _rows(path: Path, reading: Reading) -> tuple[str, Iterator[Sequence[object]]]:
    workbook = _workbook(path)
    names: list[str] = workbook.sheetnames
    if reading.table is None:
        if len(names) > 1:
            listed = ", ".join(f'"{printable(name)}"' for name in names[:20])
            raise UserError(
                f"the workbook has {len(names)} sheets", where=str(path), way_on=f"Name one with --table: {listed}."
            )
        chosen = names[0]
    elif reading.table in names:
        chosen = reading.table
    else:
        hint = did_you_mean(reading.table, names) or f"Its sheets: {', '.join(map(printable, names[:20]))}."
        raise UserError(f'there is no sheet "{printable(reading.table)}"', where=str(path), way_on=hint)
    sheet = workbook[chosen]
    if not hasattr(sheet, "iter_rows"):
        raise UserError(f'the sheet "{printable(chosen)}" is a chart', where=str(path))
    rows: Iterator[Sequence[object]] = sheet.iter_rows(values_only=True)
    return chosen, rows


def _workbook(path: Path) -> Any:
    with path.open("rb") as stream:
        old = stream.read(4) == b"\xd0\xcf\x11\xe0"
    if old:
        raise UserError(
            "the workbook is protected by a password, or in the format before 2007",
            where=str(path),
            way_on="Save it as .xlsx without a password, or as CSV.",
        )
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        raise _damaged(path) from None
    if size > UNPACKED:
        raise UserError(
            f"the workbook unpacks to {size / 1e9:.1f} GB; at most {UNPACKED / 1e9:.1f} GB are read",
            where=str(path),
            way_on="Save the sheet as CSV.",
        )
    try:
        # Has no types of its own, and is not there for everybody.
        openpyxl: Any = import_module("openpyxl")
    except ImportError:
        raise UserError(
            "reading Excel workbooks needs the package openpyxl",
            where=str(path),
            way_on="Install it: pip install 'fatesline[excel]'. Or save the sheet as CSV.",
        ) from None
    import warnings

    try:
        with warnings.catch_warnings():
            # Styles and validations that openpyxl does not know are no matter of values.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, TypeError, OSError):
        raise _damaged(path) from None


def _damaged(path: Path) -> UserError:
    return UserError("this is no whole Excel workbook", where=str(path), way_on="Was it copied to its end?")
