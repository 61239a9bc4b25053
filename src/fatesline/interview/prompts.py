"""What the dialogue asks of a front end, and what comes back; a front end shows and reads, it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fatesline.interview.views import Standing

#: What can be asked for instead of an answer.
Key = Literal["unknown", "back", "answers", "quit"]

#: The letter for each, the same in both languages.
LETTERS: dict[Key, str] = {"unknown": "u", "back": "b", "answers": "a", "quit": "q"}

#: What a line of the conversation is, so that a front end may set it off.
Tone = Literal["plain", "help", "section", "news", "reason", "warning", "answer"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose.

    Parameters
    ----------
    id : str
    title : str
    standing : {'open', 'forced', 'impossible'}
    remark : str
        Why it must or cannot be chosen, or what was measured.
    letters : tuple of str
        What may be typed for it; the first one is shown.
    """

    id: str
    title: str
    standing: Standing = "open"
    remark: str = ""
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question with everything that a front end shows of it.

    Parameters
    ----------
    kind : {'single', 'multi'}
    title : str
        The question.
    choices : tuple of Choice
    lines : tuple of str
        Below the question.
    progress : str
    marked : tuple of str or None
        What Enter takes: an earlier answer, or a measured one; None if nothing is proposed.
    keys : tuple of Key
        What may be asked for instead of an answer.
    why : callable, optional
        More about the question and its options, one line each; worked out when somebody asks.
    objection : callable, optional
        Why the given choices cannot be taken together, one line each; empty if they can.
    is_listed : bool
        False where the letters say enough, as for yes and no.
    """

    kind: Literal["single", "multi"]
    title: str
    choices: tuple[Choice, ...]
    lines: tuple[str, ...] = ()
    progress: str = ""
    marked: tuple[str, ...] | None = None
    keys: tuple[Key, ...] = ("quit",)
    why: Callable[[], Sequence[str]] | None = None
    objection: Callable[[tuple[str, ...]], Sequence[str]] | None = None
    is_listed: bool = True

    @property
    def forced(self) -> tuple[str, ...]:
        """What is chosen whatever else is."""
        return tuple(choice.id for choice in self.choices if choice.standing == "forced")

    def whole(self, picked: Sequence[str]) -> tuple[str, ...]:
        """The picked choices in the order of the prompt; of several together with the forced ones."""
        wanted = {*picked, *(self.forced if self.kind == "multi" else ())}
        return tuple(choice.id for choice in self.choices if choice.id in wanted)


@dataclass(frozen=True, slots=True)
class Picked:
    """The ids of the choices taken, in the order of the prompt."""

    ids: tuple[str, ...]


Reply = Picked | Key


class Left(Exception):
    """Nobody goes on answering: the end of input, or Ctrl-C."""


class Front(Protocol):
    """How a person is asked."""

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show one line."""

    def pick(self, prompt: Prompt) -> Reply:
        """Ask until there is a reply; leaving is the reply ``quit``."""

    def text(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """Ask for a text, with what Enter takes and what may be completed; raises `Left`."""


def plainly(text: str) -> str:
    """A text in which nothing can move the cursor or change colours: titles and labels may come from a table."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
