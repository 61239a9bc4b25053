"""What a reader gives back: code to follow, what is seen in other files, and what could not be read."""

from __future__ import annotations

import ast
import codecs
import io
import tokenize
from dataclasses import dataclass
from typing import Literal

from fatesline.checking.flow.scopes import Seen
from fatesline.model.places import Place

#: Larger files are data or generated code; reading one would take seconds.
MOST_BYTES = 1_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; the rest is still checked.

    Parameters
    ----------
    kind : {'syntax', 'encoding', 'form', 'size', 'depth', 'unreadable'}
        ``form``: the file is not what its suffix says. ``depth``: nested too deeply.
    place : Place
    detail : str
        What the parser or the system says, in a few words; empty when the kind says it all.
    """

    kind: Literal["syntax", "encoding", "form", "size", "depth", "unreadable"]
    place: Place
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as its reader left it.

    Parameters
    ----------
    statements : tuple of ast.stmt
        Code, in running order.
    text : str
        The code that the positions of the statements refer to.
    cell_starts : tuple of int
        For a notebook, the number of lines of ``text`` before each cell.
    problems : tuple of Problem
    seen : tuple of Seen
        What stands in the file beside its code: commands, images, packages, steps of a workflow.
    """

    statements: tuple[ast.stmt, ...] = ()
    text: str = ""
    cell_starts: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    seen: tuple[Seen, ...] = ()


def refused(
    kind: Literal["syntax", "encoding", "form", "size", "depth", "unreadable"], path: str, detail: str = ""
) -> Reading:
    """A reading of nothing but one problem with the whole file."""
    return Reading(problems=(Problem(kind, Place(path), detail),))


def decoded(raw: bytes) -> str:
    """The text of a source file.

    Raises
    ------
    UnicodeError, SyntaxError or LookupError
        If the bytes are not in the encoding they declare, or that is not known.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    return raw.decode(encoding)


def decoded_text(raw: bytes) -> str | None:
    """The text of a file that is no code, in UTF-8 or with a byte order mark; None if it is not, or too large."""
    if len(raw) > MOST_BYTES:
        return None
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding).replace("\r\n", "\n")
    except UnicodeError:
        return None
