"""The answers file: what a person, or another program, answers before being asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from fatesline.catalog.entry import FeatureId
from fatesline.catalog.positions import read_yaml, shaped
from fatesline.catalog.project_shape import About, Answer, Choice, ParameterValue, Protected, Shape, TimeColumn, Waiver

#: What an answers file says for "I don't know".
UNKNOWN = "unknown"


class DataSettings(Shape):
    """What is settled about the data, in place of what is proposed.

    ``favourable`` is a label, or several of several classes, or ``high`` or ``low``; ``protected`` names columns, or
    gives attributes with their groups; ``reference`` gives the shares of groups in the population concerned, in any
    unit; ``time`` is the column that says when a row came about; ``keep`` takes columns back that would be left out,
    free text and dates among them, ``drop`` leaves further ones out.
    """

    target: str | None = None
    favourable: str | tuple[str, ...] | None = None
    protected: tuple[str | Protected, ...] | None = None
    person: str | None = None
    time: TimeColumn | None = None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    quasi_identifiers: tuple[str, ...] | None = None
    reference: Mapping[str, Mapping[str, Annotated[float, Field(ge=0)]]] = Field(default_factory=dict)

    def protected_columns(self) -> tuple[str, ...]:
        """Columns of the protected attributes; none if they are to be proposed."""
        return tuple(one if isinstance(one, str) else one.column for one in self.protected or ())


class AnswersFile(Shape):
    """Answers by question id: an option, a list of options, yes or no, or ``unknown``.

    The other sections are those of ``fates.yaml``; a ``fates.yaml`` is an answers file but for its data.
    """

    language: Literal["en", "fr"] | None = None
    project: About | None = None
    answers: Mapping[FeatureId, bool | str | tuple[FeatureId, ...] | Answer] = Field(default_factory=dict)
    choices: Mapping[FeatureId, bool | Choice] = Field(default_factory=dict)
    parameters: Mapping[FeatureId, Mapping[FeatureId, ParameterValue]] = Field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    data: DataSettings = Field(default_factory=DataSettings)


def read_answers(path: Path) -> AnswersFile:
    """Read an answers file.

    Raises
    ------
    UserErrors
        Every fault at once, with its line.
    """
    return shaped(AnswersFile, read_yaml(path))
