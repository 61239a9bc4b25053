"""Many answers at once, as an answers file gives them, with what was measured where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatesline.catalog.project_shape import Answer
from fatesline.errors import UserError, UserErrors
from fatesline.interview.faults import no_question
from fatesline.interview.questions import is_asked
from fatesline.interview.session import Given, Session


@dataclass(frozen=True, slots=True)
class Answering:
    """What became of many answers.

    Parameters
    ----------
    session : Session
        Perhaps blocked, or with open questions.
    left_open : tuple of str
        Questions that are asked and have no answer.
    not_asked : tuple of str
        Questions with an answer that are not asked; the answer does not count.
    """

    session: Session
    left_open: tuple[str, ...]
    not_asked: tuple[str, ...]


def answer_all(
    session: Session, answers: Mapping[str, Given], *, proposed: Mapping[str, Answer] | None = None
) -> Answering:
    """Answer every question that is asked, in the order of the interview.

    Parameters
    ----------
    session : Session
    answers : mapping of str to Given
        By question id, in any order.
    proposed : mapping of str to Answer, optional
        Taken where ``answers`` says nothing.

    Raises
    ------
    UserErrors
        Every unknown question and option at once.
    """
    faults = []
    known = {question.id: question for question in session.catalog.questions}
    for asked, given in answers.items():
        try:
            if asked not in known:
                raise no_question(asked, known, session.language)
            session._answer(known[asked], given, "asked")
        except UserError as fault:
            faults.append(fault)
    if faults:
        raise UserErrors(faults)
    while session.is_consistent:
        # What was said comes before what was measured, so that a proposal never overrules an answer.
        name = _answerable(session, answers)
        reply: Given | None = answers[name] if name is not None else None
        if name is None:
            name, reply = _proposal(session, proposed or {})
        if name is None or reply is None:
            break
        session = session.answered(name, reply)
    left: tuple[str, ...] = ()
    if session.is_consistent:
        left = tuple(question.id for question in session.waiting())
    not_asked = tuple(name for name in answers if name not in session.answers)
    return Answering(session, left, not_asked)


def _answerable(session: Session, answers: Mapping[str, Given]) -> str | None:
    """The first question that is asked, not yet answered, and has an answer."""
    follows = session.follows
    for question in session.catalog.questions:
        if question.id in answers and question.id not in session.answers and is_asked(question, follows):
            return question.id
    return None


def _proposal(session: Session, proposed: Mapping[str, Answer]) -> tuple[str | None, Answer | None]:
    """The first open question with a proposal that is still possible."""
    for question in session.waiting():
        possible = session.possible(question.id, proposed.get(question.id))
        if possible is not None:
            return question.id, possible
    return None, None
