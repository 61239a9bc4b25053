"""YAML together with the line of every value, and faults that name it.

For any YAML that people write: catalog files, ``fates.yaml``, answers. What is read is plain data: mappings with text
keys, lists, text, numbers, true, false and null. Scalars are resolved as YAML 1.2 does: ``yes``, ``no``, ``on`` and
``2026-08-02`` are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.places import Place

#: Larger files are refused: the largest catalog file people wrote is a thousandth of this.
MOST_BYTES = 4_000_000
#: Deeper nesting is refused, so that every reader may recurse safely.
DEEPEST = 40
#: With every alias written out, a file may hold this many values.
MOST_VALUES = 200_000

#: Keys and indices from the top of the file down to a value.
DataPath = tuple[str | int, ...]

_S = TypeVar("_S", bound=BaseModel)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


@dataclass(frozen=True, slots=True)
class Positioned:
    """What a YAML file says, and on which line.

    Parameters
    ----------
    value : object
        Plain data; None for an empty file.
    file : str
        The file's name as faults show it.
    """

    value: Any
    file: str
    _first_line: int = field(default=1, repr=False, compare=False)
    _lines: Mapping[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def line(self, path: DataPath = ()) -> int:
        """The line, from 1, of the key or list item at a path; of its nearest ancestor where there is no such value."""
        line, value = self._first_line, self.value
        for part in path:
            if not _has(value, part):
                break
            line, value = self._lines[id(value)][part], value[part]
        return line

    def place(self, path: DataPath = ()) -> Place:
        """The same line together with the file."""
        return Place(self.file, self.line(path))

    def fault(self, what: str, path: DataPath = (), *, way_on: str = "") -> UserError:
        """An error at the line of a path; the text begins with the path as people write it, unless that is empty."""
        named = shown_path(path, self.value)
        return UserError(f"{named}: {what}" if named else what, where=str(self.place(path)), way_on=way_on)


def read_yaml(path: Path, *, shown_as: str | None = None) -> Positioned:
    """Read a YAML file.

    Parameters
    ----------
    path : Path
    shown_as : str, optional
        The file's name in faults; the path as given when left out.

    Raises
    ------
    UserError
        If the file cannot be read, is larger than ``MOST_BYTES``, is not UTF-8, or is no YAML as `parse_yaml` takes it.
    """
    shown = shown_as if shown_as is not None else path.as_posix()
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=shown) from None
    return parse_yaml(content, shown)


def parse_yaml(content: bytes | str, file: str) -> Positioned:
    """Read YAML that is already in memory.

    Parameters
    ----------
    content : bytes or str
        Bytes are UTF-8, with or without a byte order mark.
    file : str
        Name in faults.

    Raises
    ------
    UserError
        With file and line: faulty YAML, several documents, a key twice, keys that are no text, tags, merge keys,
        nesting beyond ``DEEPEST``, aliases that would expand beyond ``MOST_VALUES`` or contain themselves.
    """
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
    return builder.result()


def shaped(shape: type[_S], positioned: Positioned) -> _S:
    """The content of a file as a pydantic model.

    Raises
    ------
    UserErrors
        Every fault of the file at once, each with its line.
    """
    if positioned.value is None:
        raise UserErrors([positioned.fault("the file is empty")])
    try:
        return shape.model_validate(positioned.value)
    except ValidationError as error:
        raise UserErrors(faults(error, positioned, shape)) from None


def faults(
    error: ValidationError, positioned: Positioned, shape: object = None, *, at: DataPath = ()
) -> list[UserError]:
    """Say each fault that pydantic found as ``entry.yaml:9: parameters.eps: ...``.

    Parameters
    ----------
    error : ValidationError
    positioned : Positioned
        What was validated.
    shape : type, optional
        What it was validated against; unknown keys then name the nearest known one.
    at : tuple of str and int, optional
        Path of the validated value inside the file.

    Returns
    -------
    list of UserError
        By line; faults of several alternatives at one path are joined to one.
    """
    said: dict[tuple[DataPath, bool], list[str]] = {}
    for detail in error.errors(include_url=False):
        path = at + _existing(positioned, at, detail)
        tells_alternatives = detail["type"] not in ("missing", "extra_forbidden", "value_error")
        texts = said.setdefault((path, tells_alternatives), [])
        text = _worded(detail, path, shape, at)
        if text not in texts:
            texts.append(text)
    found = []
    for (path, _), texts in said.items():
        # Alternatives of a union each complain; together they say what would have been right.
        wanted = [text.removeprefix("must be ") for text in texts]
        joined = len(texts) > 1 and all(text.startswith("must be ") for text in texts)
        if joined:
            plain = [text.removesuffix("; put it in quotes") for text in wanted]
            found.append((path, f"must be {', '.join(plain[:-1])} or {plain[-1]}"))
        else:
            found += [(path, text) for text in texts]
    placed = [(positioned.line(path), positioned.fault(text, path)) for path, text in found]
    return [fault for _, fault in sorted(placed, key=lambda one: one[0])]


def shown_path(path: DataPath, value: object = None) -> str:
    """A path as people write it: ``requires[0].because.fr``.

    Parameters
    ----------
    path : tuple of str and int
    value : object, optional
        What the path goes through; list items are then named by their id where they have one:
        ``requires[needs-weights].because.fr``.
    """
    text = ""
    for part in path:
        value = value[part] if _has(value, part) else None  # type: ignore[index]
        if isinstance(part, int):
            name = value.get("id") if isinstance(value, dict) else None
            text += f"[{printable(name) if isinstance(name, str) else part}]"
        else:
            text += f".{printable(part)}" if text else printable(part)
    return text


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

    def result(self) -> Positioned:
        return Positioned(self._value, self._file, self._first_line, self._lines)

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


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value)


def _existing(positioned: Positioned, at: DataPath, detail: ErrorDetails) -> DataPath:
    """The part of pydantic's path that the file has: names of union members and validators left out."""
    value = positioned.value
    for part in at:
        value = value[part]
    path: DataPath = ()
    for part in detail["loc"]:
        if not _has(value, part):
            break
        value = value[part]
        path += (part,)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def _worded(detail: ErrorDetails, path: DataPath, shape: object, at: DataPath) -> str:
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            # The key itself is the last part of the path, so the fault already names it.
            hint = did_you_mean(str(path[-1]), _known_keys(shape, path[len(at) : -1])) if shape is not None else ""
            return f"there is no such key; {hint}".removesuffix("; ")
        case "value_error":
            return str(context.get("error", detail["msg"]))
        case "literal_error":
            return _literal_text(given, str(context["expected"]))
        case "string_type":
            quotes = "; put it in quotes" if isinstance(given, bool | int | float) else ""
            return f"must be a text{quotes}"
        case "string_too_short":
            return "must not be empty"
        case "string_too_long":
            return f"must not be longer than {context['max_length']} characters"
        case "string_pattern_mismatch":
            return f"must look like {context['pattern']}"
        case "too_short":
            count = context["min_length"]
            return f"must have at least {count} {'item' if count == 1 else 'items'}"
        case "too_long":
            return f"must have at most {context['max_length']} items"
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return "must be a mapping of keys to values"
        case "tuple_type" | "list_type" | "set_type" | "frozen_set_type":
            return "must be a list"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return "must be a whole number"
        case "float_type" | "float_parsing" | "finite_number":
            return "must be a number"
        case "bool_type" | "bool_parsing":
            return "must be true or false"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return "must be a date such as 2026-08-02"
        case "none_required":
            return "must be null"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "greater_than":
            return f"must be more than {context['gt']}"
        case "less_than":
            return f"must be less than {context['lt']}"
    message = printable(detail["msg"], 300)
    return message[:1].lower() + message[1:]


def _literal_text(given: object, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    listed = expected.replace("'", '"')
    if not isinstance(given, str):
        return f"must be {listed}"
    hint = did_you_mean(given, words)
    return f'must be {listed}, not "{printable(given)}"; {hint}'.removesuffix("; ")


def _known_keys(shape: object, path: DataPath) -> list[str]:
    """Keys that the shape has at a path; none where it is no model."""
    shapes = list(_models(shape))
    for part in path:
        below: list[Any] = []
        for one in shapes:
            if isinstance(one, type) and issubclass(one, BaseModel):
                below += [info.annotation for name, info in one.model_fields.items() if part in (name, info.alias)]
            else:
                # A mapping or a sequence: the last argument is what it holds, but for the ellipsis of tuples.
                below += [argument for argument in get_args(one)[-2:] if argument is not Ellipsis][-1:]
        shapes = [model for one in below for model in _models(one)]
    return [
        info.alias or name
        for one in shapes
        if isinstance(one, type) and issubclass(one, BaseModel)
        for name, info in one.model_fields.items()
    ]


def _models(annotation: object) -> Iterator[Any]:
    """The alternatives of an annotation that have something below them."""
    if isinstance(annotation, TypeAdapter):
        annotation = annotation._type
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _models(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for alternative in get_args(annotation):
            yield from _models(alternative)
    elif origin is not None or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        yield annotation
