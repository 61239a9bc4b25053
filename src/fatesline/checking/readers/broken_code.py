"""What can still be read of code that Python refuses: what was written for Python 2, and all but the broken part."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

#: Larger files are refused whole: taking them apart could take long.
_MOST_SIGNS = 200_000
_MOST_LINES = 20_000

#: What Python 2 writes differently, line by line, and how Python 3 says it. The number of lines stays.
_BEFORE = r"(?m)^([ \t]*(?:[^#\n\"']*:[ \t]+)?)"
_WRITTEN_ANEW = (
    (re.compile(_BEFORE + r"print[ \t]*>>[^,\n]+,([^\n]*)$"), r"\1print(\2)"),
    (re.compile(_BEFORE + r"print[ \t]+(?![=(,.\[ \t])([^\n]+)$"), r"\1print(\2)"),
    (re.compile(_BEFORE + r"print[ \t]*$"), r"\1print()"),
    (re.compile(r"(?m)^([ \t]*)except[ \t]+([\w.]+|\([^)\n]*\))[ \t]*,[ \t]*(\w+)[ \t]*:"), r"\1except \2 as \3:"),
    (re.compile(r"(?m)^([ \t]*)raise[ \t]+([\w.]+)[ \t]*,([^\n]+)$"), r"\1raise \2(\3)"),
    (re.compile(r"(?m)^([ \t]*)exec[ \t]+(?![=(. \t])([^\n]+)$"), r"\1exec(\2)"),
    (re.compile(r"\b(\d+)[lL]\b"), r"\1"),
    (re.compile(r"<>"), "!="),
)

#: A line that goes on with the statement before it.
_GOES_ON = re.compile(r"[\s)\]}#]|(else|elif|except|finally)\b|\Z")
_LONG_TEXT = re.compile(r"\"\"\"|'''")


def rescued(text: str) -> list[ast.stmt]:
    """The statements of a text that does not parse, as far as they can be read.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of ast.stmt
        On their lines. Nothing out of a long text that is not closed: what stands there may be no code.
    """
    if len(text) > _MOST_SIGNS:
        return []
    for expression, written in _WRITTEN_ANEW:
        text = expression.sub(written, text)
    whole = _parsed(text.expandtabs(8))
    if whole is not None:
        return whole
    found: list[ast.stmt] = []
    for first, block in _blocks(text.expandtabs(8)):
        for statement in _parsed(block) or ():
            ast.increment_lineno(statement, first)
            found.append(statement)
    return found


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Top-level statements as texts, each with the number of lines before it."""
    lines: list[str] = []
    first = is_open = is_decorated = 0
    for number, line in enumerate(text.split("\n")):
        if lines and not (is_open or is_decorated or _GOES_ON.match(line)):
            yield first, "\n".join(lines)
            lines = []
            if number > _MOST_LINES:
                return
        if not lines:
            first = number
        lines.append(line)
        is_decorated = line.startswith("@")
        is_open = (is_open + len(_LONG_TEXT.findall(line))) % 2
    if lines and not is_open:
        yield first, "\n".join(lines)


def _parsed(text: str) -> list[ast.stmt] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, filename="<checked>").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
