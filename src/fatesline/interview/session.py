"""Session: answers -> View, all that a front end shows. A session never changes; an answer gives a new one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal, TypeVar

from fatesline.catalog.answers import UNKNOWN
from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Question
from fatesline.catalog.project import decisions_of
from fatesline.catalog.project_shape import Answer
from fatesline.interview.faults import NEAREST, check_options, no_yes_or_no
from fatesline.interview.questions import (
    idle_questions,
    is_asked,
    most_telling,
    open_questions,
    protective_reading,
    undecided_questions,
)
from fatesline.interview.views import Blocked, OptionView, Progress, Settled, View
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Argument, Bearing, Conflict, Consequences, Reasoner, Repair

T = TypeVar("T")

#: Answers as an answers file gives them: an option, several, yes or no, ``unknown``, or as ``fates.yaml`` has them.
Given = bool | str | tuple[str, ...] | Answer

#: Repairs looked at; those that touch the same answers are shown once.
MOST_REPAIRS = 12

#: Features that the last answer settled for which the argument is worked out; the most telling ones.
MOST_ARGUED = 5

#: What tells a person most comes first: what the system now is, then what is asked of it, then how.
_TELLING = ("derived", "requirement", "document", "act", "mechanism", "context")


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
    language : {'en', 'fr'}
        Of what is said about answers that are none.
    """

    catalog: Catalog
    reasoner: Reasoner
    answers: Mapping[str, Answer] = field(default_factory=dict)
    choices: Configuration = field(default_factory=Configuration)
    without: tuple[str, ...] = ()
    before: Session | None = field(default=None, repr=False, compare=False)
    dropped: tuple[str, ...] = ()
    language: str = "en"
    _bearing: Bearing | None = field(default=None, repr=False, compare=False)
    #: What was worked out once; a session never changes.
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._bearing is None:
            object.__setattr__(self, "_bearing", Bearing(self.catalog.model))

    @property
    def configuration(self) -> Configuration:
        """Every decision: choices, then answers; an option that is not chosen is decided not to hold."""
        return self._once("configuration", lambda: self._configuration(self.answers))

    @property
    def is_consistent(self) -> bool:
        """True if a project can come of the answers."""
        return self._once("consistent", lambda: self.reasoner.is_consistent(self.configuration, without=self.without))

    @property
    def is_finished(self) -> bool:
        """True if nothing contradicts and no question is open."""
        return self.is_consistent and not self.waiting()

    def waiting(self) -> tuple[Question, ...]:
        """Questions open now, in the order of the interview; none while the answers contradict each other."""
        if not self.is_consistent:
            return ()
        return self._waiting()

    def spared(self) -> tuple[Question, ...]:
        """Questions that are not asked because no answer to them changes anything any more."""
        if not self.is_consistent:
            return ()
        follows = self.follows
        return idle_questions(self.catalog, follows, self.answers, self.bearing, without=self.without)

    @property
    def bearing(self) -> Bearing:
        """What still bears on what."""
        assert self._bearing is not None
        return self._bearing

    def view(self) -> View:
        """What to show now."""
        configuration = self.configuration
        if not self.is_consistent:
            conflict = self.reasoner.conflict(configuration, without=self.without)
            if conflict is None:
                raise AssertionError("an inconsistent configuration has a conflict")
            repairs = self.reasoner.repairs(configuration, limit=MOST_REPAIRS, without=self.without)
            progress = Progress(len(self.answers), 0, 0)
            return View(None, (), (), (), (), self.dropped, progress, Blocked(conflict, self._distinct(repairs)))
        follows = self.follows
        waiting = self._waiting()
        question = most_telling(waiting, self.reasoner, configuration, follows, without=self.without)
        options = self._options(question, follows) if question is not None else ()
        return View(
            question,
            options,
            tuple(self._settled(follows)),
            self._released(follows),
            self._opened(),
            self.dropped,
            self._progress(follows),
            None,
        )

    def view_of(self, question_id: str) -> View:
        """What to show for asking an answered question again; what hangs on its answer does not count for that.

        Raises
        ------
        ValueError
            If the other answers contradict each other.
        """
        rest = self._rest(question_id)
        question, follows = self.catalog.question(question_id), rest.follows
        progress = self._progress(self.follows) if self.is_consistent else rest._progress(follows)
        return View(question, rest._options(question, follows), (), (), (), (), progress, None)

    def objection(self, question_id: str, chosen: Collection[str]) -> Conflict | None:
        """Why these options cannot be the answer, as far as the answers go that do not hang on it; None if they can."""
        rest = self._rest(question_id)
        question = self.catalog.question(question_id)
        decided = Configuration.of([*rest.configuration, *decisions_of(question, chosen)])
        return self.reasoner.conflict(decided, without=self.without)

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
        answer = self._answer(question, given, origin)
        changed = {**self.answers, question_id: answer}
        kept = changed if self._asks(question) else self._with_ground(changed)
        dropped = tuple(name for name in changed if name not in kept)
        return replace(self, answers=kept, before=self, dropped=dropped)

    def back(self) -> Session:
        """The session before the last answer; itself at the beginning."""
        return self.before if self.before is not None else self

    def since(self, before: Session) -> Session:
        """The session as if one answer had led to it from an earlier one."""
        return replace(self, before=before) if self is not before else self

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
        """True if this answer goes with the answers that do not hang on it."""
        rest = self._rest(question_id)
        decided = Configuration.of([*rest.configuration, *decisions_of(self.catalog.question(question_id), chosen)])
        return self.reasoner.is_consistent(decided, without=self.without)

    def possible(self, question_id: str, proposed: Answer | None) -> Answer | None:
        """A proposed answer as far as it goes with what is settled; None if nothing of it is left."""
        if proposed is None:
            return None
        follows = self.follows
        ids = [option.id for option in self.catalog.question(question_id).options]
        wanted = [name for name in ids if name in proposed.chosen and name not in follows.ruled_out]
        chosen = tuple(name for name in ids if name in wanted or name in follows.chosen)
        if not wanted or not self.allows(question_id, chosen):
            return None
        return proposed.model_copy(update={"chosen": chosen})

    def proposable(self, proposed: Mapping[str, Answer]) -> dict[str, Answer]:
        """The proposed answers that would be taken one after the other, by question, each with what is left of it."""
        found: dict[str, Answer] = {}
        session = self
        while session.is_consistent:
            waiting = session.waiting()
            possible = ((question.id, session.possible(question.id, proposed.get(question.id))) for question in waiting)
            taken = next(((name, answer) for name, answer in possible if answer is not None), None)
            if taken is None:
                break
            found[taken[0]] = taken[1]
            session = session.answered(*taken)
        return found

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

    @property
    def follows(self) -> Consequences:
        """What the answers leave no choice about. The session must be consistent."""
        return self._once("follows", lambda: self._follows(self.configuration))

    def _follows(self, configuration: Configuration) -> Consequences:
        return self.reasoner.consequences(configuration, without=self.without)

    def _once(self, name: str, worked_out: Callable[[], T]) -> T:
        if name not in self._known:
            self._known[name] = worked_out()
        known: T = self._known[name]
        return known

    def _waiting(self) -> tuple[Question, ...]:
        return self._once(
            "waiting",
            lambda: open_questions(self.catalog, self.follows, self.answers, self.bearing, without=self.without),
        )

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

    def _progress(self, follows: Consequences) -> Progress:
        waiting = len(self._waiting())
        later = len(undecided_questions(self.catalog, follows, self.answers))
        return Progress(len(self.answers), waiting, waiting + later)

    def _earlier(self) -> Consequences | None:
        """What followed before the last change; None if there was none, or everything did."""
        if self.before is None or not self.before.is_consistent:
            return None
        return self.before.follows

    def _settled(self, follows: Consequences) -> Iterator[Settled]:
        earlier = self._earlier()
        if earlier is None:
            return
        decided, entries = self.configuration, self.catalog.entries
        news = [
            name
            for name in self.catalog.model.ids
            if name not in decided and name not in earlier.chosen and name not in earlier.ruled_out
        ]
        holding = [name for name in news if name in follows.chosen]
        # Beyond that, in the order of the catalog, so that the same answers say the same.
        telling = sorted((name for name in holding if name in entries), key=lambda name: _rank(entries[name].kind))
        for number, name in enumerate(telling):
            yield Settled(name, True, self.why(name) if number < MOST_ARGUED else None)
        yield from (Settled(name, True) for name in holding if name not in entries)
        yield from (Settled(name, False) for name in news if name in follows.ruled_out)

    def _released(self, follows: Consequences) -> tuple[str, ...]:
        earlier = self._earlier()
        if earlier is None or self.before is None:
            return ()
        decided = self.before.configuration
        gone = [name for name in self.catalog.entries if name in earlier.chosen and name not in follows.chosen]
        return tuple(name for name in gone if name not in decided)

    def _opened(self) -> tuple[str, ...]:
        earlier = self._earlier()
        if earlier is None or self.before is None:
            return ()
        before = {question.id for question in self.before._waiting()}
        return tuple(question.id for question in self._waiting() if question.id not in before)

    def _rest(self, question_id: str) -> Session:
        """The session without a question's answer and what hangs on it."""
        if question_id not in self.answers:
            return self
        rest = {name: answer for name, answer in self.answers.items() if name != question_id}
        return replace(self, answers=self._with_ground(rest))

    def _asks(self, question: Question) -> bool:
        """True for a further question: its answer takes the ground from no other."""
        if question.id in self.answers or not self.is_consistent:
            return False
        return is_asked(question, self.follows)

    def _answer(self, question: Question, given: Given, origin: Literal["asked", "policy"]) -> Answer:
        if isinstance(given, Answer):
            current = tuple(self.catalog.current_id(name) for name in given.chosen)
            check_options(question, current, self.language)
            return given.model_copy(update={"chosen": current})
        if given == UNKNOWN:
            return self._unknown_answer(question)
        if isinstance(given, bool):
            if question.type != "yes_no":
                raise no_yes_or_no(question, self.language)
            chosen: tuple[str, ...] = (question.options[0].id,) if given else ()
        elif isinstance(given, str):
            chosen = (question.options[0].id,) if question.type == "yes_no" and given == "yes" else (given,)
            chosen = () if given == "none" or (question.type == "yes_no" and given == "no") else chosen
        else:
            chosen = given
        chosen = tuple(self.catalog.current_id(name) for name in chosen)
        check_options(question, chosen, self.language)
        return Answer(chosen=tuple(option.id for option in question.options if option.id in chosen), origin=origin)

    def _unknown_answer(self, question: Question) -> Answer:
        rest = self._rest(question.id)
        if not rest.is_consistent:
            return Answer(chosen=question.protective, origin="default")
        reading = protective_reading(question, self.reasoner, rest.configuration, without=self.without)
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


def _rank(kind: str) -> int:
    return _TELLING.index(kind) if kind in _TELLING else len(_TELLING)
