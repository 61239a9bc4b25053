"""The interview as a conversation, one question at a time; a front end shows it and reads the replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fatesline.catalog.entry import Question
from fatesline.catalog.project_shape import Answer
from fatesline.interview.faults import NEAREST
from fatesline.interview.phrases import Phrases
from fatesline.interview.prompts import Choice, Front, Picked, Prompt
from fatesline.interview.session import Session
from fatesline.interview.views import Blocked, OptionView, View
from fatesline.interview.words import NO, YES, word
from fatesline.interview.words import Key as Word
from fatesline.reasoning import Argument, Repair

#: Words an argument, one line each.
Explain = Callable[[Argument], list[str]]

#: Consequences shown after one answer; the rest is counted.
MOST_SHOWN = 5

#: Questions named that an answer opens; the rest is counted.
MOST_OPENED = 3

_YES, _NO, _FINISH, _LAST = "yes", "no", "finish", "last"

_EITHER: tuple[tuple[str, Word, Mapping[str, tuple[str, ...]]], ...] = ((_YES, "yes", YES), (_NO, "no", NO))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation ended.

    Parameters
    ----------
    session : Session
        Consistent if finished.
    finished : bool
        False if the user left before the last question.
    """

    session: Session
    finished: bool


class _Leaves(Exception):
    """The user goes."""


class Dialogue:
    """Asks the open questions of a session until none is left or the user leaves.

    Parameters
    ----------
    session : Session
        A new one, or one with earlier answers to go on from.
    front : Front
        Shows and reads.
    language : {'en', 'fr'}
    proposed : mapping of str to Answer, optional
        Measured answers by question id; nothing of them counts before it is confirmed.
    explain : callable, optional
        Words an argument; by default the decisions it needs and the reasons of its constraints.
    keep : callable, optional
        Told of every session after an answer, so that nothing is lost whatever happens.
    """

    def __init__(
        self,
        session: Session,
        front: Front,
        *,
        language: str = "en",
        proposed: Mapping[str, Answer] | None = None,
        explain: Explain | None = None,
        keep: Callable[[Session], None] | None = None,
    ) -> None:
        self._session = session
        self._front = front
        self._language = language
        self._proposed = dict(proposed or {})
        self._offered: set[str] = set()
        self._phrases = Phrases(session.catalog, language)
        self._explain = explain or self._phrases.argument
        self._keep = keep
        #: The question to be asked again, next; empty for the most telling open one.
        self._again = ""
        self._shown = session
        self._last = next(reversed(list(session.answers)), "")

    def run(self) -> Outcome:
        """Ask until nothing is open; the end of input counts as leaving."""
        self._front.say(self._word("help"), "help")
        section = ""
        try:
            while True:
                view = self._session.view()
                self._show_news(view)
                if view.blocked is not None:
                    self._resolve(view.blocked)
                    continue
                if self._again:
                    view = self._session.view_of(self._again)
                question = view.question
                if question is None:
                    if self._finishes():
                        return Outcome(self._session, True)
                    continue
                if question.section != section:
                    section = question.section
                    self._show_section(section)
                if self._again or not self._offer_measured(question):
                    self._ask(view, question)
        except _Leaves:
            while not self._session.is_consistent and self._session.before is not None:
                self._session = self._session.before
            self._front.say(self._word("quit"))
            return Outcome(self._session, self._session.is_finished)

    def _ask(self, view: View, question: Question) -> None:
        """Ask one question; afterwards it has an answer, or another one is to be asked again."""
        asked_before = self._session.answers.get(question.id)
        proposed = None
        if asked_before is None:
            proposed = self._session.possible(question.id, self._proposed.get(question.id))
        known = asked_before or proposed
        reply = self._front.pick(self._prompt(view, question, known, proposed))
        if isinstance(reply, Picked):
            chosen = _chosen(question, reply)
            same = known is not None and set(chosen) == set(known.chosen)
            self._answer(question.id, known if same and known is not None and known.origin != "default" else chosen)
        elif reply == "unknown":
            self._take_unknown(question)
        elif reply == "back":
            self._back_from(question.id)
        elif reply == "answers":
            self._choose_again()
        else:
            raise _Leaves

    def _answer(self, question_id: str, given: Answer | tuple[str, ...] | str) -> None:
        self._session = self._session.answered(question_id, given)
        self._again, self._last = "", question_id
        if self._keep is not None and self._session.is_consistent:
            self._keep(self._session)

    def _take_unknown(self, question: Question) -> None:
        self._answer(question.id, "unknown")
        answer = self._session.answers[question.id]
        if answer.note == NEAREST:
            self._front.say(self._word("nearest"), "warning")
        options = self._phrases.answer(question, answer.chosen)
        self._front.say(self._word("unknown_taken", options=options), "reason")

    def _back_from(self, question_id: str) -> None:
        """Ask the question again that was answered before this one."""
        answered = list(self._session.answers)
        at = answered.index(question_id) if question_id in answered else len(answered)
        if at == 0:
            self._front.say(self._word("back_at_start"), "warning")
        else:
            self._again = answered[at - 1]

    def _choose_again(self) -> None:
        """Let one of the answers be chosen, to be asked again."""
        if not self._session.answers:
            self._front.say(self._word("nothing_yet"), "warning")
            return
        prompt = Prompt("single", self._word("answers_so_far"), self._given(), keys=("back", "quit"))
        reply = self._front.pick(prompt)
        if isinstance(reply, Picked):
            self._again = reply.ids[0]
        elif reply == "quit":
            raise _Leaves

    def _given(self) -> tuple[Choice, ...]:
        """The answers so far; what nobody knew first."""
        catalog, answers = self._session.catalog, self._session.answers
        order = sorted(answers, key=lambda name: answers[name].origin != "default")
        return tuple(
            Choice(
                name,
                self._word(
                    "known_answer",
                    question=self._phrases.title(name),
                    answer=self._phrases.answer(catalog.question(name), answers[name].chosen),
                ),
                remark=self._word("unknown") if answers[name].origin == "default" else "",
            )
            for name in order
        )

    def _finishes(self) -> bool:
        """Tell what is to be settled; False if an answer shall be changed first."""
        self._front.say("")
        self._front.say(self._word("all_answered"), "news")
        spared = self._session.spared()
        if spared:
            self._front.say(self._word("spared"), "reason")
        for question in spared:
            self._front.say(f"  - {self._phrases.asked(question)}", "reason")
        unknown = self._session.unknown()
        if unknown:
            self._front.say(self._word("to_settle"), "warning")
        for question in unknown:
            asked, who = self._phrases.asked(question), self._phrases.who(question)
            self._front.say("  - " + self._word("who", question=asked, who=who))
        choices = (Choice(_FINISH, self._word("finish")), *self._given())
        reply = self._front.pick(Prompt("single", self._word("review"), choices, marked=(_FINISH,)))
        if isinstance(reply, Picked) and reply.ids != (_FINISH,):
            self._again = reply.ids[0]
            return False
        return True

    def _offer_measured(self, question: Question) -> bool:
        """Show all that was measured at once, once; False if nothing, or too little, is there to be confirmed."""
        if question.id not in self._proposed or question.id in self._offered:
            return False
        found = {
            name: answer
            for name, answer in self._session.proposable(self._proposed).items()
            if name not in self._offered
        }
        if len(found) < 2:
            return False
        self._offered |= found.keys()
        catalog = self._session.catalog
        choices = tuple(
            Choice(
                name,
                self._word(
                    "known_answer",
                    question=self._phrases.title(name),
                    answer=self._phrases.answer(catalog.question(name), answer.chosen),
                ),
                remark=answer.note,
            )
            for name, answer in found.items()
        )
        prompt = Prompt(
            "multi",
            self._word("measured_together"),
            choices,
            (self._word("measured_hint"),),
            marked=tuple(found),
            keys=("back", "answers", "quit"),
        )
        reply = self._front.pick(prompt)
        if isinstance(reply, Picked):
            before = self._session
            for name in reply.ids:
                possible = self._session.possible(name, found[name])
                # One that was left out may have been the ground of another.
                if possible is not None and any(one.id == name for one in self._session.waiting()):
                    self._answer(name, possible)
            self._session = self._session.since(before)
        elif reply == "quit":
            raise _Leaves
        else:
            self._offered -= found.keys()
            if reply == "back":
                self._back_from(question.id)
            else:
                self._choose_again()
        return True

    def _resolve(self, blocked: Blocked) -> None:
        """Show a contradiction and its ways out, and take the one that is chosen."""
        self._front.say(self._word("blocked"), "warning")
        for line in self._explain(blocked.conflict):
            self._front.say(f"  {line}")
        waivable = self._phrases.waivable(blocked.conflict)
        if waivable:
            self._front.say(self._word("waive", constraints=", ".join(waivable)), "reason")
        ways = sorted(blocked.repairs, key=lambda repair: (repair.price, self._cost(repair)))
        by_id = {f"way-{number}": repair for number, repair in enumerate(ways, start=1)}
        choices = [Choice(name, self._way(repair), remark=self._reopened(repair)) for name, repair in by_id.items()]
        if not any(self._last in self._session.given_up_by(repair)[0] for repair in ways):
            choices.append(Choice(_LAST, self._word("take_back")))
        reply = self._front.pick(Prompt("single", self._word("ways_out"), tuple(choices), keys=("back", "quit")))
        if isinstance(reply, Picked) and reply.ids != (_LAST,):
            repair = by_id[reply.ids[0]]
            questions, _ = self._session.given_up_by(repair)
            self._session = self._session.repaired(repair)
            asked = {question.id for question in self._session.waiting()}
            self._again = next((name for name in questions if name in asked), "")
        elif reply == "quit":
            raise _Leaves
        else:
            self._session = self._session.without_answers(self._last)
            self._again = self._last

    def _way(self, repair: Repair) -> str:
        questions, choices = self._session.given_up_by(repair)
        parts = [self._word("answer_anew", question=self._phrases.title(name)) for name in questions]
        parts += [self._word("give_up", feature=self._phrases.title(name)) for name in choices]
        return "; ".join(parts)

    def _cost(self, repair: Repair) -> int:
        """Answers that are dropped with those given up."""
        questions, _ = self._session.given_up_by(repair)
        return len(self._session.without_answers(*questions).dropped)

    def _reopened(self, repair: Repair) -> str:
        cost = self._cost(repair)
        return self._word("reopens", count=cost) if cost else ""

    def _prompt(self, view: View, question: Question, known: Answer | None, proposed: Answer | None) -> Prompt:
        base = self._session
        lines = [question.why.in_language(self._language)]
        lines.append(self._word("sources", sources=self._phrases.cited(question.sources)))
        if proposed is not None:
            lines.append(self._word("measured", note=proposed.note))
        if known is not None and known.origin == "default":
            lines.append(self._word("unknown_taken", options=self._phrases.answer(question, known.chosen)))
        choices = self._yes_or_no(view.options[0]) if question.type == "yes_no" else self._choices(view.options)
        marked = None
        if known is not None and known.origin != "default":
            wanted = (_YES if known.chosen else _NO,) if question.type == "yes_no" else known.chosen
            able = tuple(one.id for one in choices if one.id in wanted and one.standing != "impossible")
            marked = able if able or question.type == "multi" else None

        def objection(picked: tuple[str, ...]) -> Sequence[str]:
            conflict = base.objection(question.id, _chosen(question, Picked(picked)))
            return [] if conflict is None else self._explain(conflict)

        return Prompt(
            "multi" if question.type == "multi" else "single",
            self._phrases.asked(question),
            choices,
            tuple(lines),
            self._progress(view),
            marked,
            ("unknown", "back", "answers", "quit"),
            why=lambda: self._why(view, question),
            objection=objection,
            is_listed=question.type != "yes_no",
        )

    def _choices(self, options: Sequence[OptionView]) -> tuple[Choice, ...]:
        return tuple(
            Choice(one.option.id, one.option.title.in_language(self._language), one.standing, self._reason_of(one))
            for one in options
        )

    def _yes_or_no(self, one: OptionView) -> tuple[Choice, ...]:
        """Two choices for the one option; its letters are those of both languages."""
        excluded = {"forced": _NO, "impossible": _YES, "open": ""}[one.standing]
        return tuple(
            Choice(
                name,
                self._word(key),
                "open" if name != excluded else "impossible",
                "" if name != excluded else self._reason_of(one),
                letters[self._language],
            )
            for name, key, letters in _EITHER
        )

    def _reason_of(self, one: OptionView) -> str:
        return self._phrases.reason(one.why) if one.why is not None else ""

    def _progress(self, view: View) -> str:
        progress = view.progress
        later = progress.at_most - progress.waiting
        key: Word = "progress_more" if later else "progress"
        return self._word(key, answered=progress.answered, waiting=progress.waiting, later=later)

    def _why(self, view: View, question: Question) -> list[str]:
        lines = []
        for one in view.options:
            if one.why is not None:
                title = one.option.title.in_language(self._language)
                said = self._word("must" if one.standing == "forced" else "impossible")
                lines.append(self._word("said_why", said=title, why=said))
                lines += [f"  {line}" for line in self._explain(one.why)]
        options = self._phrases.answer(question, question.protective)
        lines.append(self._word("protective", options=options))
        lines.append(self._word("who_knows", question=question.id, who=self._phrases.who(question)))
        return lines + [self._phrases.cited_in_full(citation) for citation in question.sources]

    def _show_section(self, section_id: str) -> None:
        section = next(section for section in self._session.catalog.sections if section.id == section_id)
        self._front.say(section.title.in_language(self._language), "section")

    def _show_news(self, view: View) -> None:
        """What came of the last change: dropped answers, what follows now and no longer, further questions."""
        if self._shown is self._session:
            return
        self._shown = self._session
        for name in view.dropped:
            self._front.say(self._word("dropped", question=self._phrases.title(name)), "warning")
        shown = [one for one in view.settled if one.holds and one.feature in self._session.catalog.entries]
        for one in shown[:MOST_SHOWN]:
            self._front.say("-> " + self._word("settles", feature=self._phrases.title(one.feature)), "news")
            reason = self._phrases.reason(one.why) if one.why is not None else ""
            if reason:
                self._front.say(f"     {reason}", "reason")
        if len(shown) > MOST_SHOWN:
            self._front.say("   " + self._word("and_more", count=len(shown) - MOST_SHOWN), "reason")
        for name in view.released:
            self._front.say("-> " + self._word("released", feature=self._phrases.title(name)), "news")
        if view.opened:
            named = [self._phrases.title(name) for name in view.opened[:MOST_OPENED]]
            if len(view.opened) > MOST_OPENED:
                named.append("...")
            self._front.say("-> " + self._word("opened", count=len(view.opened), questions=" ".join(named)), "news")

    def _word(self, key: Word, **parts: str | int) -> str:
        return word(key, self._language, **parts)


def _chosen(question: Question, picked: Picked) -> tuple[str, ...]:
    """The options that a reply stands for."""
    if question.type == "yes_no":
        return (question.options[0].id,) if picked.ids == (_YES,) else ()
    return picked.ids
