"""YAML together with the line of every value, and faults that name it.

For any YAML that people write: catalog files, ``fates.yaml``, answers. What is read is plain data: mappings with text
keys, lists, text, numbers, true, false and null. Scalars are resolved as YAML 1.2 does: ``yes``, ``no``, ``on`` and
``2026-08-02`` are text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fatesline.catalog.shape_words import worded
from fatesline.catalog.yaml_values import MOST_BYTES, printable, read_values
from fatesline.errors import UserError, UserErrors
from fatesline.model.places import Place

__all__ = [
    "MOST_BYTES",
    "DataPath",
    "Positioned",
    "faults",
    "parse_yaml",
    "printable",
    "read_yaml",
    "shaped",
    "shown_path",
]

#: Keys and indices from the top of the file down to a value.
DataPath = tuple[str | int, ...]

_S = TypeVar("_S", bound=BaseModel)


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
    read = read_values(content, file)
    return Positioned(read.value, file, read.first_line, read.lines)


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
        text = worded(detail, path[len(at) :], shape)
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
