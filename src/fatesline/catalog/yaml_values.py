"""YAML text -> plain values and the line of each, bounded before anything recurses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from fatesline.errors import UserError

#: Larger files are refused: the largest catalog file people wrote is a thousandth of this.
MOST_BYTES = 4_000_000
#: Deeper nesting is refused, so that every reader may recurse safely.
DEEPEST = 40
#: With every alias written out, a file may hold this many values.
MOST_VALUES = 200_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a text says.

    Parameters
    ----------
    value : object
        Plain data.
    first_line : int
        Of the value as a whole.
    lines : mapping of int to mapping or list
        For each collection, known by its identity: the line of every key or item.
    """

    value: Any
    first_line: int
    lines: Mapping[int, Any]


def read_values(content: bytes | str, file: str) -> Read:
    content = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(content) > MOST_BYTES:
        raise UserError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", where=file, way_on="Split it.")
    text = _decoded(content, file)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 0
        where = f"{file}:{line}" if line else file
        raise UserError("the file has a character that text files do not have", where=where) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_fault(error, file) from None
    return builder.read()


def printable(text: object, longest: int = 80) -> str:
    """Text that may be shown on a terminal: control characters escaped, cut where it is long."""
    escaped = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in str(text)[: longest + 1]
    )
    return escaped if len(escaped) <= longest else f"{escaped[:longest]}…"


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"the file is not UTF-8: byte 0x{content[error.start]:02x} cannot be read",
            where=f"{file}:{line}",
            way_on="Save it with the encoding UTF-8.",
        ) from None


#: What to do about the faults that people make most often, by what the YAML reader says.
_WAYS_ON = {
    "mapping values are not allowed": 'A text that contains ": " needs quotes around it.',
    "cannot start any token": "Indent with spaces; a text that begins with a special character needs quotes around it.",
    "could not find expected ':'": "A key needs a colon and a space after it.",
    "did not find expected key": "Check the indentation and the quotes on this line and the one above.",
    "did not find expected ',' or": "A list or mapping in brackets is not closed, or a comma is missing.",
    "found unexpected end of stream": "A quote is opened and never closed.",
    "found undefined alias": "A text that begins with * needs quotes around it.",
}


def _syntax_fault(error: yaml.MarkedYAMLError, file: str) -> UserError:
    mark = error.problem_mark or error.context_mark
    where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
    problem = printable(error.problem or error.context or "it cannot be read", 200)
    way_on = next((way for said, way in _WAYS_ON.items() if said in problem), "")
    return UserError(f"this is not YAML: {problem}", where=where, way_on=way_on)


@dataclass(slots=True)
class _Open:
    """A collection whose end is still to come."""

    value: Any
    lines: Any
    line: int
    anchor: str | None
    key: str | None = None
    key_line: int = 0
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Any
    size: int
    height: int


class _Builder:
    """Values from parser events, on a stack of its own: nesting is bounded before anything recurses."""

    def __init__(self, file: str) -> None:
        self._file = file
        # Collections are known by identity: the value as a whole keeps them alive, and aliases share their lines.
        self._lines: dict[int, Any] = {}
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._value: Any = None
        self._first_line = 1
        self._documents = 0

    def read(self) -> Read:
        return Read(self._value, self._first_line, self._lines)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {}, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [], [])
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._stack.pop()
            self._lines[id(closed.value)] = closed.lines
            self._add(closed.value, closed.line, closed.size, closed.height, closed.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._take_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._fault("a second document begins here; one file holds one document", _line(event))

    def _take_scalar(self, event: Any) -> None:
        line = _line(event)
        self._refuse_tag(event, line)
        text = event.value
        parent = self._stack[-1] if self._stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._take_key(parent, text, line, plain=event.implicit[0], anchor=event.anchor)
            return
        value = self._resolved(text, line) if event.implicit[0] else text
        self._add(value, line, 1, 0, event.anchor)

    def _take_key(self, parent: _Open, text: str, line: int, *, plain: bool, anchor: str | None) -> None:
        if text == "<<" and plain:
            raise self._fault("merge keys (<<) are not read; write the keys out", line)
        if text in parent.value:
            first = parent.lines[text]
            raise self._fault(
                f'the key "{printable(text)}" stands here for the second time; first in line {first}', line
            )
        if anchor is not None:
            self._anchors[anchor] = _Anchored(text, 1, 0)
        parent.key, parent.key_line = text, line

    def _take_alias(self, event: Any) -> None:
        line = _line(event)
        if event.anchor not in self._anchors:
            raise self._fault(
                f'the alias "*{printable(event.anchor)}" names nothing',
                line,
                "A text that begins with * needs quotes around it.",
            )
        anchored = self._anchors[event.anchor]
        if anchored is None:
            raise self._fault(f'the alias "*{printable(event.anchor)}" stands inside what it names', line)
        parent = self._stack[-1] if self._stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise self._fault("an alias cannot be a key; write the key out", line)
        if len(self._stack) + anchored.height > DEEPEST:
            raise self._too_deep(line)
        self._add(anchored.value, line, anchored.size, anchored.height, None)

    def _open(self, event: Any, value: Any, lines: Any) -> None:
        line = _line(event)
        self._refuse_tag(event, line)
        parent = self._stack[-1] if self._stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise self._fault("a key must be a plain text", line)
        if len(self._stack) >= DEEPEST:
            raise self._too_deep(line)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(value, lines, line, event.anchor))

    def _add(self, value: Any, line: int, size: int, height: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size, height)
        if not self._stack:
            self._value = value
            self._first_line = line
            return
        parent = self._stack[-1]
        if isinstance(parent.value, dict):
            assert parent.key is not None
            parent.value[parent.key] = value
            parent.lines[parent.key] = parent.key_line
            parent.key = None
        else:
            parent.value.append(value)
            parent.lines.append(line)
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if parent.size > MOST_VALUES:
            raise self._fault(f"with its aliases written out, the file holds more than {MOST_VALUES} values", line)

    def _resolved(self, text: str, line: int) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "+-.0123456789":
            return text
        if _WHOLE.match(text):
            # Python itself refuses to read thousands of digits.
            if len(text) > 40:
                raise self._fault("the number has more than 40 digits; put it in quotes if it is a text", line)
            return int(text)
        return float(text) if _NUMBER.match(text) else text

    def _refuse_tag(self, event: Any, line: int) -> None:
        if event.tag not in (None, "!"):
            raise self._fault(f"the tag {printable(event.tag)} is not read; leave it out", line)

    def _too_deep(self, line: int) -> UserError:
        return self._fault(f"values are nested more than {DEEPEST} deep", line)

    def _fault(self, what: str, line: int, way_on: str = "") -> UserError:
        return UserError(what, where=f"{self._file}:{line}", way_on=way_on)


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line
