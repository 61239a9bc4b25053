"""The interview as a conversation, one question at a time, over any means of saying and asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Question
from fatesline.catalog.project_shape import Answer
from fatesline.errors import UserError
from fatesline.interview.session import NEAREST, Blocked, OptionView, Session, View
from fatesline.interview.words import NO, YES, Key, role, word
from fatesline.reasoning import Argument

#: Shows one line.
Say = Callable[[str], None]
#: Shows a prompt and gives what was typed; EOFError when nobody can type any more.
Ask = Callable[[str], str]
#: Words an argument, one line each.
Explain = Callable[[Argument], list[str]]

_ANSWERS: Mapping[str, Key] = {"single": "answer_single", "multi": "answer_multi", "yes_no": "answer_yes_no"}

#: Consequences shown after one answer; the rest is counted.
MOST_SHOWN = 6


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


class Dialogue:
    """Asks the open questions of a session until none is left or the user leaves.

    Parameters
    ----------
    session : Session
        A new one, or one with earlier answers to go on from.
    say, ask : callable
        ``click.echo`` and ``input`` will do.
    language : {'en', 'fr'}
    proposed : mapping of str to Answer, optional
        Measured answers by question id; each is shown with its figure and confirmed with Enter.
    explain : callable, optional
        Words an argument; by default the decisions it needs and the reasons of its constraints.
    """

    def __init__(
        self,
        session: Session,
        say: Say,
        ask: Ask,
        *,
        language: str = "en",
        proposed: Mapping[str, Answer] | None = None,
        explain: Explain | None = None,
    ) -> None:
        self._session = session
        self._say = say
        self._ask = ask
        self._language = language
        self._proposed = dict(proposed or {})
        self._explain = explain or self._in_short

    @property
    def session(self) -> Session:
        """As it stands; also after an interruption."""
        return self._session

    def run(self) -> Outcome:
        """Ask until nothing is open; the end of input counts as leaving."""
        self._say(word("help", self._language))
        section = ""
        while True:
            view = self._session.view()
            self._show_consequences(view)
            try:
                if view.blocked is not None:
                    self._resolve(view.blocked)
                    continue
                if view.question is None:
                    self._show_end()
                    return Outcome(self._session, True)
                if view.question.section != section:
                    section = view.question.section
                    self._show_section(section)
                if not self._ask_question(view, view.question):
                    self._say(word("quit", self._language))
                    return Outcome(self._session, False)
            except EOFError:
                self._say(word("quit", self._language))
                return Outcome(self._session, False)

    def _ask_question(self, view: View, question: Question) -> bool:
        """Ask until the question has an answer or the user goes back; False to leave."""
        self._show_question(view, question)
        proposed = self._session.possible(question.id, self._proposed.get(question.id))
        if proposed is not None:
            self._say("  " + word("measured", self._language, note=proposed.note))
        while True:
            typed = self._ask(self._prompt(question, proposed)).strip()
            match typed.lower():
                case "" if proposed is not None:
                    self._session = self._session.answered(question.id, proposed)
                    return True
                case "?":
                    self._show_why(view, question)
                case "q":
                    return False
                case "b":
                    if self._session.before is not None:
                        self._session = self._session.back()
                        return True
                    self._say(word("back_at_start", self._language))
                case "u":
                    self._take_unknown(question)
                    return True
                case _:
                    chosen = self._understood(typed, view, question)
                    if chosen is not None:
                        self._session = self._session.answered(question.id, chosen)
                        return True

    def _understood(self, typed: str, view: View, question: Question) -> tuple[str, ...] | None:
        """The options that a typed answer means; None, and a remark, if it means none."""
        lowered = typed.lower()
        if question.type == "yes_no" and lowered in YES | NO:
            return (question.options[0].id,) if lowered in YES else ()
        forced = [one.option.id for one in view.options if one.standing == "forced"]
        if question.type == "multi" and lowered == "0":
            return tuple(forced)
        ids = {str(number): one.option.id for number, one in enumerate(view.options, start=1)}
        ids |= {one.option.id: one.option.id for one in view.options}
        pieces = [piece for piece in lowered.replace(",", " ").split() if piece]
        if not pieces or any(piece not in ids for piece in pieces):
            self._say(word("not_understood", self._language, text=ascii(typed)[1:-1][:40]))
            return None
        chosen = tuple(dict.fromkeys(ids[piece] for piece in pieces))
        if question.type == "single" and len(chosen) != 1:
            self._say(word("one_only", self._language))
            return None
        if question.type == "multi":
            return tuple(dict.fromkeys([*forced, *chosen]))
        return chosen

    def _take_unknown(self, question: Question) -> None:
        self._session = self._session.answered(question.id, "unknown")
        answer = self._session.answers[question.id]
        if answer.note == NEAREST:
            self._say(word("nearest", self._language))
        options = ", ".join(map(self._title, answer.chosen)) or self._nothing(question)
        self._say(word("unknown_taken", self._language, options=options))

    def _resolve(self, blocked: Blocked) -> None:
        """Show a contradiction and its ways out until one is taken."""
        self._say(word("blocked", self._language))
        for line in self._explain(blocked.conflict):
            self._say(f"  {line}")
        self._say(word("ways_out", self._language))
        for number, repair in enumerate(blocked.repairs, start=1):
            questions, choices = self._session.given_up_by(repair)
            parts = [word("answer_anew", self._language, question=self._title(name)) for name in questions]
            parts += [word("give_up", self._language, feature=self._title(name)) for name in choices]
            self._say(f"  {number}. " + "; ".join(parts))
        self._say("  b. " + word("go_back", self._language))
        while True:
            typed = self._ask(word("how_to_go_on", self._language) + ": ").strip().lower()
            if typed == "q":
                raise EOFError
            if typed == "b" and self._session.before is not None:
                self._session = self._session.back()
                return
            if typed.isdecimal() and 1 <= int(typed) <= len(blocked.repairs):
                self._session = self._session.repaired(blocked.repairs[int(typed) - 1])
                return
            self._say(word("not_understood", self._language, text=ascii(typed)[1:-1][:40]))

    def _show_section(self, section_id: str) -> None:
        section = next(section for section in self._catalog.sections if section.id == section_id)
        self._say("")
        self._say(f"== {section.title.in_language(self._language)}")

    def _show_question(self, view: View, question: Question) -> None:
        progress = view.progress
        counted = word(
            "progress" if progress.waiting == progress.at_most else "progress_at_most",
            self._language,
            answered=progress.answered,
            waiting=progress.waiting,
            at_most=progress.at_most,
        )
        self._say("")
        self._say(f"{question.ask.in_language(self._language)}  [{counted}]")
        self._say(f"  {question.why.in_language(self._language)}")
        self._say("  " + word("sources", self._language, sources=self._cited(question.sources)))
        if question.type == "yes_no":
            return
        for number, one in enumerate(view.options, start=1):
            self._say(f"  {number}. {one.option.title.in_language(self._language)}{self._standing(one)}")

    def _standing(self, one: OptionView) -> str:
        if one.standing == "open":
            return ""
        reason = self._reason(one.why) if one.why is not None else ""
        said = word("must" if one.standing == "forced" else "impossible", self._language)
        return f"  ({said}: {reason})" if reason else f"  ({said})"

    def _show_why(self, view: View, question: Question) -> None:
        for one in view.options:
            if one.why is None:
                continue
            title = one.option.title.in_language(self._language)
            for number, line in enumerate(self._explain(one.why)):
                self._say(f"  {title}: {line}" if number == 0 else f"    {line}")
        options = ", ".join(map(self._title, question.protective)) or self._nothing(question)
        self._say("  " + word("protective", self._language, options=options))
        self._say(
            "  " + word("who", self._language, question=question.id, who=role(question.who_knows, self._language))
        )
        for citation in question.sources:
            source, where = self._catalog.citation(citation)
            parts = [source.title, where, source.date, source.url]
            self._say("  " + ", ".join(part for part in parts if part))

    def _show_consequences(self, view: View) -> None:
        for name in view.dropped:
            self._say(word("dropped", self._language, question=self._title(name)))
        shown = [one for one in view.settled if one.holds and one.why is not None]
        for one in shown[:MOST_SHOWN]:
            self._say("-> " + word("settles", self._language, feature=self._title(one.feature)))
            if one.why is not None and (reason := self._reason(one.why)):
                self._say("     " + word("because", self._language, reason=reason))
        if len(shown) > MOST_SHOWN:
            self._say("   " + word("and_more", self._language, count=len(shown) - MOST_SHOWN))

    def _show_end(self) -> None:
        self._say("")
        self._say(word("all_answered", self._language))
        unknown = self._session.unknown()
        if unknown:
            self._say(word("to_settle", self._language))
        for question in unknown:
            ask = question.ask.in_language(self._language)
            self._say("  - " + word("who", self._language, question=ask, who=role(question.who_knows, self._language)))

    def _prompt(self, question: Question, proposed: Answer | None) -> str:
        prompt = word(_ANSWERS[question.type], self._language)
        if proposed is not None:
            options = ", ".join(map(self._title, proposed.chosen))
            prompt = f"{prompt}; " + word("enter_confirms", self._language, options=options)
        return f"{prompt} ({word('keys', self._language)}): "

    def _in_short(self, argument: Argument) -> list[str]:
        lines = [self._decision(one.feature, one.chosen) for one in argument.decisions]
        for rule in argument.rules:
            constraint = self._catalog.constraints.get(rule.id) if rule.kind == "constraint" else None
            if constraint is not None:
                cited = self._cited(constraint.sources)
                lines.append(f"{constraint.because.in_language(self._language)} [{cited}]")
        return lines

    def _reason(self, argument: Argument) -> str:
        """The reason of the last constraint of an argument."""
        for step in reversed(argument.steps):
            constraint = self._catalog.constraints.get(step.rule.id) if step.rule is not None else None
            if constraint is not None and step.rule is not None and step.rule.kind == "constraint":
                return f"{constraint.because.in_language(self._language)} [{self._cited(constraint.sources)}]"
        return ""

    def _decision(self, feature: str, chosen: bool) -> str:
        if feature in self._catalog.options:
            question, _ = self._catalog.options[feature]
            if question.type == "yes_no":
                ask = question.ask.in_language(self._language)
                reply = word("yes" if chosen else "no", self._language)
                return word("you_chose", self._language, option=f"{ask} {reply}")
        if chosen:
            return word("you_chose", self._language, option=self._title(feature))
        return word("you_did_not_choose", self._language, option=self._title(feature))

    def _cited(self, citations: tuple[str, ...]) -> str:
        shown = []
        for citation in citations:
            source, where = self._catalog.citation(citation)
            shown.append(f"{source.title}, {where}" if where else source.title)
        return "; ".join(shown)

    def _title(self, feature: str) -> str:
        """What a feature is called; the one option of a yes-no question is its question."""
        if feature in self._catalog.options:
            question, option = self._catalog.options[feature]
            if question.type == "yes_no":
                return f"{question.ask.in_language(self._language)} {option.title.in_language(self._language)}"
        try:
            return self._catalog.title(feature, self._language)
        except UserError:
            return feature

    def _nothing(self, question: Question) -> str:
        return word("no" if question.type == "yes_no" else "none_chosen", self._language)

    @property
    def _catalog(self) -> Catalog:
        return self._session.catalog
