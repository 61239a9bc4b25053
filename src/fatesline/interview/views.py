"""What a session shows: the values that a front end needs, and nothing it has to work out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fatesline.catalog.entry import Option, Question
from fatesline.reasoning import Argument, Conflict, Repair

Standing = Literal["open", "forced", "impossible"]


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option as it stands now.

    Parameters
    ----------
    option : Option
    standing : {'open', 'forced', 'impossible'}
        Whether it may go either way, must hold, or cannot hold.
    why : Argument or None
        Why it must or cannot; None where it is open.
    """

    option: Option
    standing: Standing
    why: Argument | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A feature that the last answer settled.

    Parameters
    ----------
    feature : str
    holds : bool
    why : Argument or None
        Given for the most telling features that now hold; `Session.why` argues any other.
    """

    feature: str
    holds: bool
    why: Argument | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why no project can come of the answers, and the ways out.

    Parameters
    ----------
    conflict : Conflict
        A minimal one, argued.
    repairs : tuple of Repair
        Cheapest first. An answer is given up as a whole, so that of several repairs that touch the same answers only
        the cheapest is here.
    """

    conflict: Conflict
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the interview is; never a promise.

    Parameters
    ----------
    answered : int
        Answers given.
    waiting : int
        Questions open now; an answer to one may settle another.
    at_most : int
        Those, and all that later answers may open. An answer to an open question never raises it.
    """

    answered: int
    waiting: int
    at_most: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a front end shows.

    Parameters
    ----------
    question : Question or None
        The one to be asked now; None when nothing is open or the session is blocked.
    options : tuple of OptionView
        Of that question.
    settled : tuple of Settled
        What the last answer settled beyond its own options, the most telling first.
    released : tuple of str
        Features that followed before the last change and no longer do.
    opened : tuple of str
        Questions that the last change opened: it was not certain before that they would be asked.
    dropped : tuple of str
        Questions whose answers were dropped because the last change leaves them without ground.
    progress : Progress
    blocked : Blocked or None
    """

    question: Question | None
    options: tuple[OptionView, ...]
    settled: tuple[Settled, ...]
    released: tuple[str, ...]
    opened: tuple[str, ...]
    dropped: tuple[str, ...]
    progress: Progress
    blocked: Blocked | None
