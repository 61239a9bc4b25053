"""Python files: bytes -> syntax tree. Nothing is imported or run."""

from __future__ import annotations

import ast
import codecs
import io
import tokenize
import warnings

from fatesline.checking.readers.reading import MOST_BYTES, Problem, Reading, refused
from fatesline.model.places import Place

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(path: str, raw: bytes) -> Reading:
    """The syntax tree of a Python file.

    Parameters
    ----------
    path : str
        For places.
    raw : bytes
        In UTF-8, in what a PEP 263 comment declares, or in UTF-16 or UTF-32 with a byte order mark.

    Returns
    -------
    Reading
        Without statements, and with the problem, if it cannot be parsed.
    """
    if len(raw) > MOST_BYTES:
        return refused("size", path)
    try:
        text = decoded(raw)
    except (UnicodeError, SyntaxError, LookupError) as error:
        return refused("encoding", path, _in_short(error))
    parsed = parsed_statements(text, path)
    if isinstance(parsed, Problem):
        return Reading(problems=(parsed,))
    return Reading(tuple(parsed), text)


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


def parsed_statements(text: str, path: str, cell: int | None = None) -> list[ast.stmt] | Problem:
    """The statements of a text, or what is wrong with it."""
    try:
        with warnings.catch_warnings():
            # What Python warns of (odd escapes, "is" with a literal) is the user's linter's business.
            warnings.simplefilter("ignore")
            return ast.parse(text, filename=path).body
    except SyntaxError as error:
        return Problem("syntax", Place(path, error.lineno or 0, error.offset or 0, cell), error.msg)
    except ValueError as error:
        return Problem("syntax", Place(path, cell=cell), _in_short(error))
    except (RecursionError, MemoryError):
        return Problem("depth", Place(path, cell=cell))


def _in_short(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
