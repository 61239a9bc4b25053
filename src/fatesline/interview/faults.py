"""What is said about answers that are none, in the language of the interview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Question
from fatesline.errors import UserError, nearest
from fatesline.interview.words import word

#: Note of an answer "I don't know" whose protective reading was impossible.
NEAREST = "nearest possible reading"


def no_question(name: str, known: Iterable[str], language: str) -> UserError:
    """There is no such question; perhaps a near one."""
    near = nearest(name, known)
    hint = word("did_you_mean", language, near=near) if near else ""
    return UserError(word("no_question", language, name=name), way_on=hint)


def no_yes_or_no(question: Question, language: str) -> UserError:
    """The question has options, and yes is none of them."""
    return UserError(word("no_yes_or_no", language, question=question.id), way_on=_options_of(question, language))


def check_options(question: Question, chosen: Sequence[str], language: str) -> None:
    """Refuse what is no option of the question, and more or fewer options than it takes.

    Raises
    ------
    UserError
    """
    options = [option.id for option in question.options]
    for name in chosen:
        if name not in options:
            near = nearest(name, options)
            hint = word("did_you_mean", language, near=near) if near else _options_of(question, language)
            raise UserError(word("no_option", language, name=name, question=question.id), way_on=hint)
    if question.type == "single" and len(chosen) != 1:
        raise UserError(
            word("one_option", language, question=question.id, count=len(chosen)),
            way_on=_options_of(question, language),
        )


def _options_of(question: Question, language: str) -> str:
    return word("its_options", language, options=", ".join(option.id for option in question.options))
