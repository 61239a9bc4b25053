"""Edits of the code in a notebook, as edits of its JSON: everything that is not a changed line stays byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fatesline.model.places import Edit

_BLANK = " \t\n\r"


@dataclass(frozen=True, slots=True)
class Cell:
    """The source of one cell and where it stands.

    Parameters
    ----------
    start, end : int
        Of the value in the JSON text, in characters.
    pieces : tuple of (int, int, str)
        Start, end and text of each string of a list; one for a plain string.
    is_list : bool
    """

    start: int
    end: int
    pieces: tuple[tuple[int, int, str], ...]
    is_list: bool

    @property
    def text(self) -> str:
        """The source as one text."""
        return "".join(text for _, _, text in self.pieces)


def cells_of(text: str) -> list[Cell] | None:
    """The sources of a notebook's cells, in order; None where its form is not the usual one.

    Parameters
    ----------
    text : str
        JSON that can be parsed.
    """
    try:
        top = _members(text, _skip(text, 0))
        spans = _items(text, top["cells"][0]) if "cells" in top else _old_form(text, top)
        return [_cell(text, _members(text, start)) for start, _ in spans]
    except (ValueError, KeyError, IndexError, RecursionError):
        return None


def _old_form(text: str, top: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Format 3 of Jupyter keeps its cells in a sheet."""
    sheet, _ = _items(text, top["worksheets"][0])[0]
    return _items(text, _members(text, sheet)["cells"][0])


def _cell(text: str, members: dict[str, tuple[int, int]]) -> Cell:
    span = members.get("source") or members.get("input")
    if span is None:
        return Cell(0, 0, (), False)
    start, end = span
    if text[start] == '"':
        return Cell(start, end, ((start, end, str(json.loads(text[start:end]))),), False)
    pieces = tuple((at, until, json.loads(text[at:until])) for at, until in _items(text, start))
    if not all(isinstance(piece, str) for _, _, piece in pieces):
        raise ValueError("a source that is no text")
    return Cell(start, end, pieces, True)


def rewritten(text: str, cell: Cell, new: str) -> tuple[int, int, str]:
    """The smallest replacement in the JSON text that gives a cell a new source: start, end and text."""
    plain = text.isascii() and "\\u" in text
    if not cell.is_list:
        return cell.start, cell.end, json.dumps(new, ensure_ascii=plain)
    before = [piece for _, _, piece in cell.pieces]
    after = new.splitlines(keepends=True) if "\r" not in new else [new]
    # Other signs that Python takes for line ends stay within a line.
    after = _joined_at_newlines(after)
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    written = [json.dumps(line, ensure_ascii=plain) for line in after[same : len(after) - tail]]
    between = _between(text, cell)
    old = cell.pieces[same : len(before) - tail]
    if old and written:
        return old[0][0], old[-1][1], between.join(written)
    if written:
        if same:
            at = cell.pieces[same - 1][1]
            return at, at, between + between.join(written)
        at = cell.pieces[0][0]
        return at, at, between.join(written) + between
    if same:
        return cell.pieces[same - 1][1], old[-1][1], ""
    if tail:
        return old[0][0], cell.pieces[len(before) - tail][0], ""
    return old[0][0], old[-1][1], '""'


def _joined_at_newlines(lines: list[str]) -> list[str]:
    joined: list[str] = []
    for line in lines:
        if joined and not joined[-1].endswith("\n"):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _between(text: str, cell: Cell) -> str:
    """What stands between two lines of a source in this file."""
    if len(cell.pieces) > 1:
        return text[cell.pieces[0][1] : cell.pieces[1][0]]
    return "," + text[cell.start + 1 : cell.pieces[0][0]]


def as_bytes(text: str, replacements: list[tuple[int, int, str]], offset: int) -> tuple[Edit, ...]:
    """Replacements in characters of a text as edits in bytes of its file, which begins with ``offset`` more bytes."""
    edits = []
    for start, end, new in replacements:
        first = offset + len(text[:start].encode())
        edits.append(Edit(first, first + len(text[start:end].encode()), new))
    return tuple(edits)


def _members(text: str, at: int) -> dict[str, tuple[int, int]]:
    """Where the value of each key of an object stands; of a repeated key the last, as JSON readers take it."""
    if text[at] != "{":
        raise ValueError("not an object")
    found: dict[str, tuple[int, int]] = {}
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        end = _end_of_value(text, at)
        found[key] = (at, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _items(text: str, at: int) -> list[tuple[int, int]]:
    if text[at] != "[":
        raise ValueError("not a list")
    found = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        end = _end_of_value(text, at)
        found.append((at, end))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


_DECODER = json.JSONDecoder()


def _end_of_value(text: str, at: int) -> int:
    _, end = _DECODER.raw_decode(text, at)
    return end


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at
