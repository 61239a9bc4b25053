"""The shape of ``fates.yaml``, the document of record of one project.

It holds causes only: answers, single decisions, parameters, waivers, and what was settled about the data. Everything
that follows from them is worked out again on every reading.
"""

from __future__ import annotations

import datetime
import keyword
import re
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from fatesline.catalog.entry import ConstraintId, FeatureId, FileFormat
from fatesline.catalog.positions import DataPath, Positioned, shown_path
from fatesline.errors import UserError

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

    @classmethod
    def between(cls, low: float | None, below: float | None) -> GroupOf:
        """The group of numbers from ``low`` up to ``below``; None leaves a side open."""
        return cls.model_validate({"from": low, "below": below})

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


class TimeColumn(Shape):
    """The column that says when a row came about.

    ``format`` is as Python's ``strptime`` reads it; without one the column is a number, such as a year, or one of the
    dates that the model reads, whose format stands there.
    """

    column: str
    format: str | None = Field(default=None, min_length=1)


#: Of `Data`, what older files do not say; left out of what is written where it says nothing.
_LATER = ("format", "table", "favourable", "labels", "direction", "text", "dates", "reference_day", "time")


class Data(Shape):
    """What was settled about the table: names, roles and ranges of columns; never a row.

    ``delimiter`` and ``encoding`` are those of a CSV file; ``table`` is the table of a database, or the sheet of a
    workbook.
    ``favourable``, ``labels``, ``missing`` and ``levels`` are text exactly as it stands in the file. A target with
    labels has ``favourable``, the label or labels that are good for the person, and ``labels``, all there are, which
    may be left out where it is enough to tell the favourable ones from the rest. A target of numbers has ``direction``:
    whether high or low numbers are good for the person. ``dates`` gives each column of dates its format, as Python's
    ``strptime`` reads it, and ``reference_day`` is the day that ages are counted from. ``time`` is the column by which
    the test rows are later than the training rows; the model reads it only if it is among its columns as well.
    """

    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rows: int = Field(ge=1)
    format: FileFormat = "csv"
    table: str = ""
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    encoding: str = "utf-8"
    target: str
    favourable: str | tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    direction: Literal["high", "low"] | None = None
    missing: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    dates: Mapping[str, str] = Field(default_factory=dict)
    reference_day: datetime.date | None = None
    levels: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = Field(default_factory=dict)
    protected: tuple[Protected, ...] = ()
    person: str | None = None
    time: TimeColumn | None = None
    quasi_identifiers: tuple[str, ...] = ()
    dropped: Mapping[str, str] = Field(default_factory=dict)

    @property
    def favourable_labels(self) -> tuple[str, ...]:
        """The favourable labels; none for a target of numbers."""
        return (self.favourable,) if isinstance(self.favourable, str) else self.favourable

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column that the model reads, in the order numbers, levels, texts, dates."""
        return (*self.numeric, *self.categorical, *self.text, *self.dates)

    @property
    def time_format(self) -> str | None:
        """How the times of rows are written; None if they are numbers, or rows have none."""
        return None if self.time is None else self.time.format or self.dates.get(self.time.column)

    @model_validator(mode="after")
    def _one_target(self) -> Data:
        if bool(self.favourable_labels) == (self.direction is not None):
            raise ValueError("a target with labels has favourable, a target of numbers direction (high or low)")
        if self.labels and self.direction is not None:
            raise ValueError("a target of numbers has no labels")
        strange = [label for label in self.favourable_labels if label not in self.labels]
        if self.labels and strange:
            raise ValueError(f'favourable: "{strange[0]}" is none of the labels')
        if self.labels and set(self.labels) == set(self.favourable_labels):
            raise ValueError("favourable: some label must not be favourable")
        if len(set(self.labels)) < len(self.labels):
            raise ValueError("a label is there twice")
        return self

    @model_validator(mode="after")
    def _one_role(self) -> Data:
        counts = Counter(self.inputs)
        counts.subtract({*self.numeric} & {*self.categorical})  # told with its line when the file is read
        twice = [column for column, count in counts.items() if count > 1]
        if twice:
            raise ValueError(f'"{twice[0]}" is listed twice among numeric, categorical, text and dates')
        outside = {self.target, self.person, *self.dropped} & {*self.text, *self.dates}
        if outside:
            raise ValueError(f'"{min(map(str, outside))}" cannot be a text or a date as well')
        if self.dates and self.reference_day is None:
            raise ValueError("dates need a reference_day, from which ages are counted")
        return self

    @model_serializer(mode="wrap")
    def _without_what_says_nothing(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = write(self)
        usual = {key: Data.model_fields[key].get_default(call_default_factory=True) for key in _LATER}
        return {key: value for key, value in written.items() if key not in usual or value != usual[key]}


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
