"""Session: answers -> View, all that a front end shows. A session never changes; an answer gives a new one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from fatesline.catalog.answers import UNKNOWN
from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Option, Question
from fatesline.catalog.project import decisions_of
from fatesline.catalog.project_shape import Answer
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.interview.questions import (
    is_asked,
    next_question,
    open_questions,
    protective_reading,
    undecided_questions,
)
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Argument, Conflict, Consequences, Reasoner, Repair

Standing = Literal["open", "forced", "impossible"]

#: Answers as an answers file gives them: an option, several, yes or no, ``unknown``, or as ``fates.yaml`` has them.
Given = bool | str | tuple[str, ...] | Answer


#: Repairs looked at; those that touch the same answers are shown once.
MOST_REPAIRS = 12


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
        Given for features that now hold and have an entry; `Session.why` argues any other.
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
        Those, and all that later answers may open.
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
        What the last answer settled beyond its own options.
    dropped : tuple of str
        Questions whose answers were dropped because the last change leaves them without ground.
    progress : Progress
    blocked : Blocked or None
    """

    question: Question | None
    options: tuple[OptionView, ...]
    settled: tuple[Settled, ...]
    dropped: tuple[str, ...]
    progress: Progress
    blocked: Blocked | None


@dataclass(frozen=True, slots=True)
class Session:
    """Answers in the order in which they were given.

    Parameters
    ----------
    catalog : Catalog
    reasoner : Reasoner
        Over the model of the catalog.
    answers : mapping of str to Answer
        By question id.
    choices : Configuration
        Decisions beyond the questions.
    without : tuple of str
        Constraints that are waived.
    before : Session or None
        The session before the last answer, for `back`.
    dropped : tuple of str
        Questions whose answers the last change dropped.
    """

    catalog: Catalog
    reasoner: Reasoner
    answers: Mapping[str, Answer] = field(default_factory=dict)
    choices: Configuration = field(default_factory=Configuration)
    without: tuple[str, ...] = ()
    before: Session | None = field(default=None, repr=False, compare=False)
    dropped: tuple[str, ...] = ()

    @property
    def configuration(self) -> Configuration:
        """Every decision: choices, then answers; an option that is not chosen is decided not to hold."""
        return self._configuration(self.answers)

    @property
    def is_consistent(self) -> bool:
        """True if a project can come of the answers."""
        return self.reasoner.is_consistent(self.configuration, without=self.without)

    @property
    def is_finished(self) -> bool:
        """True if nothing contradicts and no question is open."""
        if not self.is_consistent:
            return False
        return not open_questions(self.catalog, self._follows(self.configuration), self.answers)

    def view(self) -> View:
        """What to show now."""
        configuration = self.configuration
        if not self.is_consistent:
            conflict = self.reasoner.conflict(configuration, without=self.without)
            if conflict is None:
                raise AssertionError("an inconsistent configuration has a conflict")
            repairs = self.reasoner.repairs(configuration, limit=MOST_REPAIRS, without=self.without)
            progress = Progress(len(self.answers), 0, 0)
            return View(None, (), (), self.dropped, progress, Blocked(conflict, self._distinct(repairs)))
        follows = self._follows(configuration)
        question = self._next(configuration, follows)
        options = self._options(question, follows) if question is not None else ()
        waiting = len(open_questions(self.catalog, follows, self.answers))
        later = len(undecided_questions(self.catalog, follows, self.answers))
        progress = Progress(len(self.answers), waiting, waiting + later)
        return View(question, options, tuple(self._settled(follows)), self.dropped, progress, None)

    def answered(self, question_id: str, given: Given, *, origin: Literal["asked", "policy"] = "asked") -> Session:
        """The session with one more answer, or with an earlier answer changed.

        Parameters
        ----------
        question_id : str
        given : bool, str, tuple of str or Answer
            An option, several, yes or no, or ``unknown``; an `Answer` keeps its origin and note.
        origin : {'asked', 'policy'}

        Returns
        -------
        Session
            Perhaps blocked. Answers to questions that are no longer asked are dropped, and named in ``dropped``.

        Raises
        ------
        UserError
            If there is no such question or option, or a single question does not get exactly one.
        """
        question = self.catalog.question(question_id)
        others = {name: answer for name, answer in self.answers.items() if name != question_id}
        answer = self._answer(question, given, origin, others)
        changed = {**self.answers, question_id: answer}
        kept = self._with_ground(changed)
        dropped = tuple(name for name in changed if name not in kept)
        return replace(self, answers=kept, before=self, dropped=dropped)

    def back(self) -> Session:
        """The session before the last answer; itself at the beginning."""
        return self.before if self.before is not None else self

    def without_answers(self, *question_ids: str) -> Session:
        """The session with these questions open again, and those that depended on them."""
        rest = {name: answer for name, answer in self.answers.items() if name not in question_ids}
        kept = self._with_ground(rest)
        dropped = tuple(name for name in rest if name not in kept)
        return replace(self, answers=kept, before=self, dropped=dropped)

    def repaired(self, repair: Repair) -> Session:
        """The session with what a repair gives up: whole answers, or choices."""
        questions, choices = self.given_up_by(repair)
        return replace(self.without_answers(*questions), choices=self.choices.without(*choices))

    def given_up_by(self, repair: Repair) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The questions that a repair opens again, and the features whose choice it gives up."""
        features = [decision.feature for decision in repair.give_up]
        options = self.catalog.options
        questions = dict.fromkeys(options[name][0].id for name in features if name in options)
        return tuple(questions), tuple(name for name in features if name not in options)

    def allows(self, question_id: str, chosen: Collection[str]) -> bool:
        """True if this answer would leave the session consistent; other answers stay as they are."""
        question = self.catalog.question(question_id)
        others = {name: answer for name, answer in self.answers.items() if name != question_id}
        decided = Configuration.of([*self._configuration(others), *decisions_of(question, chosen)])
        return self.reasoner.is_consistent(decided, without=self.without)

    def possible(self, question_id: str, proposed: Answer | None) -> Answer | None:
        """A proposed answer as far as it goes with what is settled; None if nothing of it is left."""
        if proposed is None:
            return None
        follows = self._follows(self.configuration)
        ids = [option.id for option in self.catalog.question(question_id).options]
        wanted = [name for name in ids if name in proposed.chosen and name not in follows.ruled_out]
        chosen = tuple(name for name in ids if name in wanted or name in follows.chosen)
        if not wanted or not self.allows(question_id, chosen):
            return None
        return proposed.model_copy(update={"chosen": chosen})

    def why(self, feature: str, *, holds: bool = True) -> Argument | None:
        """Why a feature must hold, or cannot; None if it need not. The session must be consistent."""
        return self.reasoner.why(self.configuration, feature, holds=holds, without=self.without)

    def unknown(self) -> tuple[Question, ...]:
        """Questions answered with "I don't know", to be settled with somebody who can tell."""
        return tuple(self.catalog.question(name) for name, answer in self.answers.items() if answer.origin == "default")

    def completion(self) -> frozenset[str]:
        """The features of the cheapest project that keeps every decision. The session must be consistent."""
        costs = {name: entry.cost for name, entry in self.catalog.entries.items()}
        return self.reasoner.completion(self.configuration, costs=costs, without=self.without)

    def _configuration(self, answers: Mapping[str, Answer]) -> Configuration:
        decisions = list(self.choices)
        for question_id, answer in answers.items():
            question = self.catalog.question(question_id)
            chosen = {self.catalog.current_id(name) for name in answer.chosen}
            decisions += decisions_of(question, chosen, answer.origin, answer.note)
        return Configuration.of(decisions)

    def _distinct(self, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
        """Repairs of which none touches all that another one touches."""
        kept: list[tuple[frozenset[str], Repair]] = []
        for repair in repairs:
            touched = frozenset(chain(*self.given_up_by(repair)))
            if not any(other <= touched for other, _ in kept):
                kept = [(other, known) for other, known in kept if not touched < other]
                kept.append((touched, repair))
        return tuple(repair for _, repair in kept)

    def _follows(self, configuration: Configuration) -> Consequences:
        return self.reasoner.consequences(configuration, without=self.without)

    def _next(self, configuration: Configuration, follows: Consequences) -> Question | None:
        return next_question(self.catalog, self.reasoner, configuration, follows, self.answers, without=self.without)

    def _options(self, question: Question, follows: Consequences) -> tuple[OptionView, ...]:
        views = []
        for option in question.options:
            if option.id in follows.chosen:
                views.append(OptionView(option, "forced", self.why(option.id)))
            elif option.id in follows.ruled_out:
                views.append(OptionView(option, "impossible", self.why(option.id, holds=False)))
            else:
                views.append(OptionView(option, "open"))
        return tuple(views)

    def _settled(self, follows: Consequences) -> Iterator[Settled]:
        if self.before is None or not self.before.is_consistent:
            return
        earlier = self.before._follows(self.before.configuration)
        decided = self.configuration
        # In the order of the catalog, so that the same answers say the same.
        for name in self.catalog.model.ids:
            if name in decided or name in earlier.chosen or name in earlier.ruled_out:
                continue
            if name in follows.chosen:
                yield Settled(name, True, self.why(name) if name in self.catalog.entries else None)
            elif name in follows.ruled_out:
                yield Settled(name, False)

    def _answer(
        self, question: Question, given: Given, origin: Literal["asked", "policy"], others: Mapping[str, Answer]
    ) -> Answer:
        if isinstance(given, Answer):
            current = tuple(self.catalog.current_id(name) for name in given.chosen)
            _check(question, current)
            return given.model_copy(update={"chosen": current})
        if given == UNKNOWN:
            return self._unknown_answer(question, others)
        if isinstance(given, bool):
            if question.type != "yes_no":
                raise UserError(
                    f'the question "{question.id}" is not answered by yes or no', way_on=_options_of(question)
                )
            chosen: tuple[str, ...] = (question.options[0].id,) if given else ()
        elif isinstance(given, str):
            chosen = (question.options[0].id,) if question.type == "yes_no" and given == "yes" else (given,)
            chosen = () if given == "none" or (question.type == "yes_no" and given == "no") else chosen
        else:
            chosen = given
        chosen = tuple(self.catalog.current_id(name) for name in chosen)
        _check(question, chosen)
        return Answer(chosen=tuple(option.id for option in question.options if option.id in chosen), origin=origin)

    def _unknown_answer(self, question: Question, others: Mapping[str, Answer]) -> Answer:
        configuration = self._configuration(others)
        if not self.reasoner.is_consistent(configuration, without=self.without):
            return Answer(chosen=question.protective, origin="default")
        reading = protective_reading(question, self.reasoner, configuration, without=self.without)
        # A word that `fates.yaml` keeps: the reading is not the protective one of the catalog.
        return Answer(chosen=reading.chosen, origin="default", note="" if reading.is_protective else NEAREST)

    def _with_ground(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers whose question is asked in view of the others that have ground; in the same order.

        Answers may stand in any order, so that ground is looked for until no further answer finds any. Once the kept
        answers contradict each other, whatever else was asked stays, for the conflict to be shown whole.
        """
        kept: set[str] = set()
        while True:
            now = {name: answer for name, answer in answers.items() if name in kept}
            configuration = self._configuration(now)
            if not self.reasoner.is_consistent(configuration, without=self.without):
                return dict(answers)
            follows = self._follows(configuration)
            found = {name for name in answers if is_asked(self.catalog.question(name), follows)} - kept
            if not found:
                return now
            # One after the other: an answer may take the ground from another one that has it now.
            kept.add(next(name for name in answers if name in found))


#: Note of an answer "I don't know" whose protective reading was impossible.
NEAREST = "nearest possible reading"


def _check(question: Question, chosen: Iterable[str]) -> None:
    options = [option.id for option in question.options]
    listed = list(chosen)
    for name in listed:
        if name not in options:
            hint = did_you_mean(name, options) or _options_of(question)
            raise UserError(f'"{name}" is no option of the question "{question.id}"', way_on=hint)
    if question.type == "single" and len(listed) != 1:
        raise UserError(
            f'the question "{question.id}" takes exactly one option, not {len(listed)}', way_on=_options_of(question)
        )


def _options_of(question: Question) -> str:
    return f"Its options: {', '.join(option.id for option in question.options)}."


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
                raise UserError(f'there is no question "{asked}"', way_on=did_you_mean(asked, known))
            session._answer(known[asked], given, "asked", {})
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
        follows = session._follows(session.configuration)
        left = tuple(question.id for question in open_questions(session.catalog, follows, session.answers))
    not_asked = tuple(name for name in answers if name not in session.answers)
    return Answering(session, left, not_asked)


def _answerable(session: Session, answers: Mapping[str, Given]) -> str | None:
    """The first question that is asked, not yet answered, and has an answer."""
    follows = session._follows(session.configuration)
    for question in session.catalog.questions:
        if question.id in answers and question.id not in session.answers and is_asked(question, follows):
            return question.id
    return None


def _proposal(session: Session, proposed: Mapping[str, Answer]) -> tuple[str | None, Answer | None]:
    """The first open question with a proposal that is still possible."""
    follows = session._follows(session.configuration)
    for question in open_questions(session.catalog, follows, session.answers):
        possible = session.possible(question.id, proposed.get(question.id))
        if possible is not None:
            return question.id, possible
    return None, None
