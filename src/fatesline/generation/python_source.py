"""Values and calls as Python source that `ruff format` leaves as it is; the only way for user strings into code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

#: Line length of generated projects, in characters.
WIDTH = 120
INDENT = "    "


def text_literal(text: str) -> str:
    """A string literal, in the quotes that need fewer escapes, as ruff would choose.

    Parameters
    ----------
    text : str
        Any string: quotes, newlines and control characters are escaped.
    """
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def _escaped(character: str, quote: str) -> str:
    if character in (quote, "\\"):
        return "\\" + character
    return character if character.isprintable() else repr(character)[1:-1]


def literal(value: object, *, column: int = 0, indent: int = 0, after: int = 0) -> str:
    """A value as a Python literal.

    Parameters
    ----------
    value : None, bool, int, float, str, or a list, tuple or mapping of these
    column : int
        Characters already on the line before the literal.
    indent : int
        Levels of indentation of the statement that it belongs to.
    after : int
        Characters that follow it on the same line.

    Raises
    ------
    ValueError
        If the value is of another type.
    """
    flat = _flat(value)
    if column + cell_len(flat) + after <= WIDTH or not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return flat
    if not value:
        return flat
    inner = INDENT * (indent + 1)
    if isinstance(value, Mapping):
        lines = []
        for key, item in value.items():
            start = f"{inner}{_flat(key)}: "
            lines.append(start + literal(item, column=cell_len(start), indent=indent + 1, after=1) + ",\n")
        return "{\n" + "".join(lines) + INDENT * indent + "}"
    opening, closing = ("(", ")") if isinstance(value, tuple) else ("[", "]")
    lines = [inner + literal(item, column=len(inner), indent=indent + 1, after=1) + ",\n" for item in value]
    return opening + "\n" + "".join(lines) + INDENT * indent + closing


def _flat(value: object) -> str:
    match value:
        case None | bool() | int():
            return repr(value)
        case float():
            return repr(value).replace("e+", "e")
        case str():
            return text_literal(value)
        case Mapping():
            return "{" + ", ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items()) + "}"
        case tuple():
            return "(" + ", ".join(map(_flat, value)) + ("," if len(value) == 1 else "") + ")"
        case list():
            return "[" + ", ".join(map(_flat, value)) + "]"
    raise ValueError(f"a {type(value).__name__} has no literal here")


def call(
    function: str, arguments: Iterable[tuple[str, str]], *, before: str = "", after: str = "", indent: int = 0
) -> str:
    """``before`` + a call with keyword arguments + ``after``, on one line where it fits, else an argument a line.

    Parameters
    ----------
    function : str
        Dotted name.
    arguments : iterable of (str, str)
        Names and expressions, already Python source; the name ``**`` unpacks the expression.
    before, after : str
        Rest of the statement.
    indent : int
        Levels of indentation; the first line is not indented, the others are.
    """
    written = [f"**{expression}" if name == "**" else f"{name}={expression}" for name, expression in arguments]
    line = f"{before}{function}({', '.join(written)}){after}"
    if len(INDENT * indent) + cell_len(line) <= WIDTH or not written:
        return line
    margin = INDENT * (indent + 1)
    joined = ", ".join(written)
    if len(margin) + cell_len(joined) <= WIDTH:
        return f"{before}{function}(\n{margin}{joined}\n{INDENT * indent}){after}"
    body = "".join(f"{margin}{argument},\n" for argument in written)
    return f"{before}{function}(\n{body}{INDENT * indent}){after}"


def pair(name: str, function: str, arguments: Iterable[tuple[str, str]], *, indent: int) -> str:
    """``(name, call),`` as an item of a list, on one line where it fits, else a line for each of the two.

    Parameters
    ----------
    name : str
        Plain text.
    function, arguments, indent
        As for `call`.
    """
    given = list(arguments)
    line = f"({text_literal(name)}, {call(function, given)}),"
    if "\n" not in line and len(INDENT * indent) + cell_len(line) <= WIDTH:
        return line
    margin = INDENT * (indent + 1)
    called = call(function, given, after=",", indent=indent + 1)
    return f"(\n{margin}{text_literal(name)},\n{margin}{called}\n{INDENT * indent}),"


def import_from(module: str, names: Iterable[str]) -> str:
    """``from module import a, b`` as ruff's import sorting writes it.

    Parameters
    ----------
    module : str
    names : iterable of str
        At least one.
    """
    ordered = sorted(set(names))
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"{INDENT}{name},\n" for name in ordered) + ")"
