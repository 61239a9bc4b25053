"""Python files: bytes -> syntax tree. Nothing is imported or run."""

from __future__ import annotations

import ast
import warnings

from fatesline.checking.readers.broken_code import rescued
from fatesline.checking.readers.reading import MOST_BYTES, Problem, Reading, decoded, refused
from fatesline.model.places import Place


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
        With the problem if it cannot be parsed, and then with what can be read nevertheless.
    """
    if len(raw) > MOST_BYTES:
        return refused("size", path)
    try:
        text = decoded(raw)
    except (UnicodeError, SyntaxError, LookupError) as error:
        return refused("encoding", path, _in_short(error))
    parsed = parsed_statements(text, path)
    if isinstance(parsed, Problem):
        return Reading(tuple(rescued(text)) if parsed.kind == "syntax" else (), text, problems=(parsed,))
    return Reading(tuple(parsed), text)


def parsed_statements(text: str, path: str, cell: int | None = None) -> list[ast.stmt] | Problem:
    """The statements of a text, or what is wrong with it."""
    try:
        with warnings.catch_warnings():
            # What Python warns of (odd escapes, "is" with a literal) is the user's linter's business.
            warnings.simplefilter("ignore")
            # After a syntax error Python opens the file of that name, from wherever it stands: there must be none.
            return ast.parse(text, filename="<checked>").body
    except SyntaxError as error:
        return Problem("syntax", Place(path, error.lineno or 0, error.offset or 0, cell), error.msg)
    except ValueError as error:
        return Problem("syntax", Place(path, cell=cell), _in_short(error))
    except (RecursionError, MemoryError):
        return Problem("depth", Place(path, cell=cell))


def _in_short(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
