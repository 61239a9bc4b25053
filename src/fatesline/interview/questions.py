"""Which question is open, which one tells most, and what "I don't know" is taken to mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Question
from fatesline.catalog.project import decisions_of
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import Bearing, Consequences, Reasoner


class Reading(NamedTuple):
    """How "I don't know" is read.

    Parameters
    ----------
    chosen : tuple of str
        Options.
    is_protective : bool
        False if the protective reading was impossible and this is the nearest possible one.
    """

    chosen: tuple[str, ...]
    is_protective: bool


def is_asked(question: Question, follows: Consequences) -> bool:
    """True if the condition of the question holds."""
    return question.id in follows.chosen


def open_options(question: Question, follows: Consequences) -> tuple[str, ...]:
    """Options that may still go either way."""
    return follows.open(tuple(option.id for option in question.options))


def open_questions(
    catalog: Catalog,
    follows: Consequences,
    answered: Collection[str],
    bearing: Bearing,
    *,
    without: Collection[str] = (),
) -> tuple[Question, ...]:
    """Questions to be asked now, in the order of the catalog: asked, without an answer, and not settled already.

    One of which no answer changes anything any more is not asked either; `idle_questions` has it.
    """
    return tuple(
        question
        for question in _unsettled(catalog, follows, answered)
        if bearing.through(open_options(question, follows), follows, without=without)
    )


def idle_questions(
    catalog: Catalog,
    follows: Consequences,
    answered: Collection[str],
    bearing: Bearing,
    *,
    without: Collection[str] = (),
) -> tuple[Question, ...]:
    """Questions that would be asked, but of which no answer changes anything any more."""
    return tuple(
        question
        for question in _unsettled(catalog, follows, answered)
        if not bearing.through(open_options(question, follows), follows, without=without)
    )


def _unsettled(catalog: Catalog, follows: Consequences, answered: Collection[str]) -> Iterator[Question]:
    for question in catalog.questions:
        if question.id not in answered and is_asked(question, follows) and open_options(question, follows):
            yield question


def undecided_questions(catalog: Catalog, follows: Consequences, answered: Collection[str]) -> tuple[Question, ...]:
    """Questions of which it is not settled yet whether they will be asked."""
    ids = follows.open(tuple(question.id for question in catalog.questions))
    return tuple(question for question in catalog.questions if question.id in ids and question.id not in answered)


def most_telling(
    waiting: Sequence[Question],
    reasoner: Reasoner,
    configuration: Configuration,
    follows: Consequences,
    *,
    without: Collection[str] = (),
) -> Question | None:
    """Of the open questions the most telling one of the first section that has any; None when all is answered.

    Notes
    -----
    Sections keep together what belongs together; within one, a question that settles more saves later ones.
    """
    if not waiting:
        return None
    section = waiting[0].section
    here = [question for question in waiting if question.section == section]
    if len(here) == 1:
        return here[0]
    # The first of equals, so that the order of the file decides.
    return max(here, key=lambda question: _settles(question, reasoner, configuration, follows, without))


def _settles(
    question: Question,
    reasoner: Reasoner,
    configuration: Configuration,
    follows: Consequences,
    without: Collection[str],
) -> float:
    """Features that an answer settles beyond its own options, on average over the answers that are still possible.

    Of a question with several answers each open option, chosen, stands for the many combinations; of a yes-no question
    both answers count.
    """
    known = len(follows.chosen) + len(follows.ruled_out)
    gains = []
    for option in open_options(question, follows):
        for chosen in (True, False) if question.type == "yes_no" else (True,):
            then = reasoner.settled(configuration.with_decision(Decision(option, chosen)), without=without)
            gains.append(then - known - 1)
    return sum(gains) / len(gains)


def protective_reading(
    question: Question, reasoner: Reasoner, configuration: Configuration, *, without: Collection[str] = ()
) -> Reading:
    """The options that "I don't know" chooses.

    Parameters
    ----------
    question : Question
    reasoner : Reasoner
    configuration : Configuration
        Consistent, without an answer to this question.
    without : collection of str
        Ids of constraints that are waived.

    Notes
    -----
    Where the protective options do not go with what was decided, as many of them as possible are kept, the first ones
    first, and of the others only those that must hold; a single question takes its first possible option.
    """
    protective = Configuration.of([*configuration, *decisions_of(question, question.protective, "default")])
    if reasoner.is_consistent(protective, without=without):
        return Reading(question.protective, True)
    chosen: list[str] = []
    others = [option.id for option in question.options if option.id not in question.protective]
    order: Sequence[tuple[str, bool]] = [(name, True) for name in question.protective]
    order = [*order, *((name, question.type == "single") for name in others)]
    reading = configuration
    for option, wanted in order:
        fits = reasoner.is_consistent(reading.with_decision(Decision(option, wanted, "default")), without=without)
        holds = wanted if fits else not wanted
        reading = reading.with_decision(Decision(option, holds, "default"))
        if holds:
            chosen.append(option)
    # In the order of the question, as people read it.
    return Reading(tuple(option.id for option in question.options if option.id in chosen), False)
