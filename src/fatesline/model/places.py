"""Place (where something was seen) and Edit (what to write there): the currency of findings and fixes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file; a plain tuple, because a check makes, compares and sorts them by the hundred thousand.

    Parameters
    ----------
    file : str
        Path with forward slashes, relative to what was checked.
    line, column : int
        From 1; 0 when unknown.
    cell : int or None
        Index of the notebook cell, from 0.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: int | None = None

    def __str__(self) -> str:
        cell = f":cell {self.cell}" if self.cell is not None else ""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{cell}{line}"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A replacement of the bytes from ``start`` up to ``end`` of one file.

    Parameters
    ----------
    start, end : int
        Byte offsets, ``0 <= start <= end``; equal for an insertion.
    text : str
        What stands there afterwards.
    """

    start: int
    end: int
    text: str


def apply(edits: Iterable[Edit], source: bytes) -> bytes:
    """Source with the edits applied.

    Parameters
    ----------
    edits : iterable of Edit
        In any order.
    source : bytes
        UTF-8.

    Raises
    ------
    ValueError
        If two edits overlap or one lies outside the source.
    """
    pieces = []
    position = 0
    for edit in sorted(edits):
        if not position <= edit.start <= edit.end <= len(source):
            raise ValueError(f"{edit} overlaps another edit or lies outside the source")
        pieces += [source[position : edit.start], edit.text.encode()]
        position = edit.end
    return b"".join([*pieces, source[position:]])
