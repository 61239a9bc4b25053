"""Plain data as YAML that people like to read: short things on one line, the same data in the same bytes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

#: A line is not longer, unless one value is.
_WIDTH = 110

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
# Words that YAML 1.1 readers take for something other than text.
_TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPED = re.compile('["\\\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')
# YAML wants a key on one line and shorter than 1024 characters, unless it is announced with "?".
_LONGEST_KEY = 1000


def entry_lines(key: object, value: object, indent: int = 0) -> list[str]:
    """Lines of one key of a mapping and its value, each beginning with ``indent`` blanks.

    Parameters
    ----------
    key : object
        Text.
    value : object
        Mappings, lists, tuples, text, numbers, dates, booleans and None.
    indent : int

    Notes
    -----
    Identifiers are written plain, all other text in double quotes: readers of YAML 1.1 and 1.2 see the same.
    """
    start = f"{' ' * indent}{scalar(key)}:"
    if len(scalar(key)) > _LONGEST_KEY:
        start = f"{' ' * indent}? {scalar(key)}\n{' ' * indent}:"
    flow = _flow(value)
    holds_mappings = any(isinstance(item, Mapping) for item in _items(value))
    if _depth(value) == 0 or not value or (indent and not holds_mappings and len(start) + 1 + len(flow) <= _WIDTH):
        return [f"{start} {flow}"]
    if isinstance(value, Mapping) or holds_mappings:
        return [start, *block_lines(value, indent + 2)]
    return [*_wrapped(f"{start} [", [_flow(item) for item in _items(value)], indent + 2)]


def block_lines(value: object, indent: int) -> list[str]:
    """Lines of a mapping or of a list of mappings, each beginning with ``indent`` blanks."""
    if isinstance(value, Mapping):
        return [line for key, item in value.items() for line in entry_lines(key, item, indent)]
    lines = []
    for item in value if isinstance(value, Sequence) else ():
        flow = _flow(item)
        if _depth(item) < 2 and indent + 2 + len(flow) <= _WIDTH:
            lines.append(f"{' ' * indent}- {flow}")
            continue
        first, *others = block_lines(item, indent + 2)
        lines += [f"{' ' * indent}- {first[indent + 2 :]}", *others]
    return lines


def _wrapped(start: str, items: Sequence[str], indent: int) -> Iterator[str]:
    """A flow list over several lines."""
    line = start
    for number, item in enumerate(items, start=1):
        piece = item + ("]" if number == len(items) else ",")
        if len(line) + 1 + len(piece) > _WIDTH and line != start:
            yield line
            line = " " * indent + piece
        else:
            line += piece if line.endswith("[") else f" {piece}"
    yield line if items else f"{start}]"


def _items(value: object) -> tuple[object, ...]:
    if isinstance(value, Mapping):
        return tuple(value.values())
    return tuple(value) if isinstance(value, list | tuple) else ()


def _depth(value: object) -> int:
    if isinstance(value, Mapping | list | tuple):
        return 1 + max(map(_depth, _items(value)), default=0)
    return 0


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            # YAML 1.1 takes 1e+16 for text: it wants the point.
            text = repr(value)
            return text if "." in text else text.replace("e", ".0e")
        case datetime.date():
            return value.isoformat()
        case _:
            text = str(value)
            if _PLAIN.match(text) and text.lower() not in _TAKEN:
                return text
            return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in '"\\':
        return "\\" + sign
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(sign)
    return short or f"\\u{ord(sign):04x}"
