"""``fates.yaml``: the document of record of one project, its shape, reading and writing.

It holds causes only: answers, single decisions, parameters, waivers, and what was settled about the data. Everything
that follows from them is worked out again on every reading.
"""

from __future__ import annotations

import datetime
import itertools
import keyword
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from fatesline.catalog.entry import ConstraintId, FeatureId
from fatesline.catalog.positions import DataPath, Positioned, printable, read_yaml, shaped, shown_path
from fatesline.errors import UserError, UserErrors, did_you_mean

#: How a decision in ``fates.yaml`` came about; ``default`` is the protective reading of "I don't know".
WrittenOrigin = Literal["asked", "measured", "policy", "default"]

ParameterValue = bool | int | float | str | tuple[str, ...] | None

_PACKAGE = re.compile(r"[a-z][a-z0-9_]*\Z")


def _package_name(text: str) -> str:
    if not _PACKAGE.match(text) or keyword.iskeyword(text):
        raise ValueError("the name becomes a Python package: lower-case letters, digits and _, beginning with a letter")
    if text in sys.stdlib_module_names:
        raise ValueError("a module of Python itself has this name; choose another")
    return text


class Shape(BaseModel):
    """Strict and frozen; text is kept exactly as written, since labels and column names may begin with a blank."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


class CatalogUsed(Shape):
    """A catalog the decisions were taken with."""

    name: str
    version: str


class About(Shape):
    """What the project is called and for."""

    name: Annotated[str, AfterValidator(_package_name)]
    title: str = Field(min_length=1)
    purpose: str = ""


class Answer(Shape):
    """The answer to a question: the options that hold; those left out do not."""

    chosen: tuple[FeatureId, ...]
    origin: WrittenOrigin = "asked"
    note: str = ""


class Choice(Shape):
    """A decision on one feature, beyond the questions."""

    chosen: bool
    origin: WrittenOrigin = "asked"
    note: str = ""


class Waiver(Shape):
    """A constraint of level law or method that somebody answers for setting aside."""

    constraint: ConstraintId
    person: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    until: datetime.date


class GroupOf(Shape):
    """Which values of a protected column make one group: listed values, or ``from`` (included) up to ``below``."""

    values: tuple[str, ...] = ()
    low: float | None = Field(default=None, alias="from")
    below: float | None = None

    @model_validator(mode="after")
    def _one_way(self) -> GroupOf:
        bounded = self.low is not None or self.below is not None
        if bool(self.values) == bounded:
            raise ValueError("a group has either values, or from and below (or one of the two)")
        if self.low is not None and self.below is not None and not self.low < self.below:
            raise ValueError("from must be smaller than below")
        return self


class Protected(Shape):
    """A protected attribute: the column it is read from, and its groups.

    ``other`` names the group of every value that no group lists, missing ones included; without it such a value is a
    fault of the data.
    """

    attribute: str = Field(min_length=1)
    column: str
    groups: Mapping[str, GroupOf] = Field(min_length=1)
    other: str | None = None


class Data(Shape):
    """What was settled about the table: names, roles and ranges of columns; never a row.

    ``favourable``, ``missing`` and ``levels`` are text exactly as it stands in the file.
    """

    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rows: int = Field(ge=1)
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    encoding: str = "utf-8"
    target: str
    favourable: str
    missing: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    levels: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = Field(default_factory=dict)
    protected: tuple[Protected, ...] = ()
    person: str | None = None
    quasi_identifiers: tuple[str, ...] = ()
    dropped: Mapping[str, str] = Field(default_factory=dict)


class Project(Shape):
    """Everything a user decided about one project."""

    fatesline: Literal[1] = 1
    catalogs: tuple[CatalogUsed, ...] = ()
    language: Literal["en", "fr"] = "en"
    project: About
    answers: Mapping[FeatureId, Answer] = Field(default_factory=dict)
    choices: Mapping[FeatureId, Choice] = Field(default_factory=dict)
    parameters: Mapping[FeatureId, Mapping[FeatureId, ParameterValue]] = Field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    data: Data | None = None

    # Where it was read from, for faults that only a catalog can find.
    _read_from: Positioned | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        """Equal in what was decided, wherever it was read from."""
        return isinstance(other, Project) and self.__dict__ == other.__dict__

    def fault(self, what: str, path: DataPath = (), *, way_on: str = "") -> UserError:
        """An error at the line of a path of keys; without a place if the project was never in a file."""
        if self._read_from is not None:
            return self._read_from.fault(what, path, way_on=way_on)
        named = shown_path(path)
        return UserError(f"{named}: {what}" if named else what, way_on=way_on)


def read_project(path: Path) -> Project:
    """Read ``fates.yaml``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Project
        Remembers its lines, for `check_against`.

    Raises
    ------
    UserErrors
        Every fault of shape at once, or every contradiction within it at once, each with its line.
    """
    positioned = read_yaml(path)
    project = shaped(Project, positioned)
    project._read_from = positioned
    found = [*_faults_of_data(project)]
    if found:
        raise UserErrors(found)
    return project


def _faults_of_data(project: Project) -> Iterator[UserError]:
    data = project.data
    if data is None:
        return
    inputs = dict.fromkeys((*data.numeric, *data.categorical))

    def unless_input(column: str, path: DataPath, known: Mapping[str, object] = inputs) -> Iterator[UserError]:
        if column not in known:
            hint = did_you_mean(column, known)
            yield project.fault(f'"{printable(column)}" is no column that the model reads', path, way_on=hint)

    for number, column in enumerate(data.categorical):
        if column in data.numeric:
            yield project.fault(f'"{printable(column)}" is numeric and categorical', ("data", "categorical", number))
    for outside, column in _columns_outside(data):
        if column in inputs:
            yield project.fault(f'"{printable(column)}" cannot be an input as well', outside)
    for column in data.levels:
        yield from unless_input(column, ("data", "levels", column), dict.fromkeys(data.categorical))
    for column, (low, high) in data.ranges.items():
        yield from unless_input(column, ("data", "ranges", column), dict.fromkeys(data.numeric))
        if low > high:
            yield project.fault("the first number is the lowest, the second the highest", ("data", "ranges", column))
    for number, column in enumerate(data.quasi_identifiers):
        yield from unless_input(column, ("data", "quasi_identifiers", number))
    attributes: set[str] = set()
    for number, protected in enumerate(data.protected):
        path: DataPath = ("data", "protected", number)
        yield from unless_input(protected.column, (*path, "column"))
        if protected.attribute in attributes:
            yield project.fault(f'the attribute "{printable(protected.attribute)}" is there twice', path)
        attributes.add(protected.attribute)
        for what, at in _faults_of_groups(protected, protected.column in data.numeric):
            yield project.fault(what, (*path, *at))


def _columns_outside(data: Data) -> Iterator[tuple[DataPath, str]]:
    yield ("data", "target"), data.target
    if data.person is not None:
        yield ("data", "person"), data.person
    for column in data.dropped:
        yield ("data", "dropped", column), column


def _faults_of_groups(protected: Protected, numeric: bool) -> Iterator[tuple[str, DataPath]]:
    if len(protected.groups) + (protected.other is not None) < 2:
        yield "at least two groups are needed to compare; add a group, or name the others with other", ("groups",)
    if protected.other in protected.groups:
        yield f'other has the name of the group "{printable(protected.other)}"', ("other",)
    owner: dict[str, str] = {}
    bounded: list[tuple[float, float, str]] = []
    for label, group in protected.groups.items():
        at: DataPath = ("groups", label)
        for value in group.values:
            if value in owner:
                yield f'the value "{printable(value)}" is in the group "{printable(owner[value])}" already', at
            owner[value] = label
        if not group.values:
            if not numeric:
                yield "from and below need a numeric column; list the values instead", at
            bounded.append((_or_infinite(group.low, -1), _or_infinite(group.below, 1), label))
    bounded.sort()
    for (_, end, label), (start, _, later) in itertools.pairwise(bounded):
        if start < end:
            yield f'overlaps the group "{printable(label)}"', ("groups", later)


def _or_infinite(bound: float | None, sign: int) -> float:
    return sign * math.inf if bound is None else bound


def write_project(project: Project) -> str:
    """The text of ``fates.yaml``; the same project gives the same bytes.

    Parameters
    ----------
    project : Project

    Returns
    -------
    str
        YAML; reading it gives the same project back. Names are written plain, everything else in double quotes.
    """
    values = project.model_dump(mode="python", by_alias=True, exclude_none=False)
    for optional in ("catalogs", "answers", "choices", "parameters", "waivers", "data"):
        if not values[optional]:
            del values[optional]
    for decided in ("answers", "choices"):
        for decision in values.get(decided, {}).values():
            if not decision["note"]:
                del decision["note"]
    if "data" in values:
        data = values["data"]
        data["ranges"] = {name: [_shortest(low), _shortest(high)] for name, (low, high) in data["ranges"].items()}
        for protected in data["protected"]:
            protected["groups"] = {label: _bounds(group) for label, group in protected["groups"].items()}
    lines = [HEADER]
    for key, value in values.items():
        if key in ("project", "answers", "choices", "parameters", "waivers", "data"):
            lines += ["", f"{key}:", *_block(value, 2)]
        else:
            lines += _entry(key, value, 0)
    return "\n".join(lines) + "\n"


HEADER = """\
# Decisions of this project, with who took them: asked, measured, policy, or default (the protective reading of
# "I don't know"). What follows from them is worked out on every reading. Edit it freely; it is checked when read."""

#: A line of ``fates.yaml`` is not longer, unless one value is.
_WIDTH = 110

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
# Words that YAML 1.1 readers take for something other than text.
_TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPED = re.compile('["\\\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')
# YAML wants a key on one line and shorter than 1024 characters, unless it is announced with "?".
_LONGEST_KEY = 1000


def _shortest(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _bounds(group: Mapping[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in group.items() if value not in (None, ())}
    return {key: _shortest(value) if isinstance(value, float) else value for key, value in kept.items()}


def _block(value: object, indent: int) -> list[str]:
    """Lines of a mapping or of a list of mappings, each beginning with ``indent`` blanks."""
    if isinstance(value, Mapping):
        return [line for key, item in value.items() for line in _entry(key, item, indent)]
    lines = []
    for item in value if isinstance(value, Sequence) else ():
        flow = _flow(item)
        if _depth(item) < 2 and indent + 2 + len(flow) <= _WIDTH:
            lines.append(f"{' ' * indent}- {flow}")
            continue
        first, *others = _block(item, indent + 2)
        lines += [f"{' ' * indent}- {first[indent + 2 :]}", *others]
    return lines


def _entry(key: object, value: object, indent: int) -> list[str]:
    name = _scalar(key)
    start = f"{' ' * indent}{name}:" if len(name) < _LONGEST_KEY else f"{' ' * indent}? {name}\n{' ' * indent}:"
    flow = _flow(value)
    holds_mappings = any(isinstance(item, Mapping) for item in _items(value))
    if _depth(value) == 0 or not value or (indent and not holds_mappings and len(start) + 1 + len(flow) <= _WIDTH):
        return [f"{start} {flow}"]
    if isinstance(value, Mapping) or holds_mappings:
        return [start, *_block(value, indent + 2)]
    return [*_wrapped(f"{start} [", [_flow(item) for item in _items(value)], indent + 2)]


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
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
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
