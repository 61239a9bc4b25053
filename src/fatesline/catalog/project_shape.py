"""The shape of ``fates.yaml``, the document of record of one project.

It holds causes only: answers, single decisions, parameters, waivers, and what was settled about the data. Everything
that follows from them is worked out again on every reading.
"""

from __future__ import annotations

import datetime
import keyword
import re
import sys
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from fatesline.catalog.entry import ConstraintId, FeatureId
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
