"""What the project is told about itself in words: reasons, sources, days, answers; in the language of the project."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a chosen feature is there.

    Parameters
    ----------
    cited : str
        One sentence with its source in short.
    sentence : str
        The same without a source.
    sources : tuple of str
        In full, with the place in each.
    applies_from : date or None
        The day from which the law asks for it; None where no dated law does.
    """

    cited: str
    sentence: str = ""
    sources: tuple[str, ...] = ()
    applies_from: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of the interview with what was answered.

    Parameters
    ----------
    id : str
        Of the question.
    question : str
    chosen : tuple of str
        Ids of the options.
    answers : tuple of str
        Their titles; for a question of yes and no the word itself.
    origin : str
        Who says so, in a word or two.
    """

    id: str
    question: str
    chosen: tuple[str, ...]
    answers: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class ToSettle:
    """A question that nobody answered yet, how it is read until somebody does, and who can."""

    id: str
    question: str
    answers: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class WaivedRule:
    """A rule set aside, and who answers for it."""

    constraint: str
    rule: str
    sources: tuple[str, ...]
    person: str
    reason: str
    until: datetime.date


@dataclass(frozen=True, slots=True)
class ComingLaw:
    """A rule of law that does not bind yet on the day for which the project was made."""

    applies_from: datetime.date
    rule: str
    sources: tuple[str, ...]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    clashes: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything worded that a project is given; `documents.for_projects` writes it, the plan puts it in place.

    Parameters
    ----------
    reasons : mapping of str to Reason
        By chosen feature.
    answered, to_settle, waived, coming : tuple
    """

    reasons: Mapping[str, Reason]
    answered: tuple[Answered, ...] = field(default=())
    to_settle: tuple[ToSettle, ...] = field(default=())
    waived: tuple[WaivedRule, ...] = field(default=())
    coming: tuple[ComingLaw, ...] = field(default=())

    def plain(self) -> dict[str, list[dict[str, Any]]]:
        """All but the reasons as lists of dicts, days as text."""
        told = {
            "answers": self.answered,
            "to_settle": self.to_settle,
            "waivers": self.waived,
            "coming": self.coming,
        }
        return {name: [_plain(asdict(one)) for one in parts] for name, parts in told.items()}  # type: ignore[call-overload]


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Lists instead of tuples and text instead of days, as JSON has them."""
    return {
        name: value.isoformat()
        if isinstance(value, datetime.date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in found.items()
    }
