"""What a generated project is told in words, in its own language: why each part is there, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable

from fatesline.documents.wording import Words
from fatesline.generation.told import Answered, ComingLaw, Reason, Told, ToSettle, WaivedRule
from fatesline.interview.words import role, word
from fatesline.solution import Solution

_ORIGIN = {
    "asked": {"en": "answered", "fr": "répondu"},
    "measured": {"en": "measured", "fr": "mesuré"},
    "policy": {"en": "set by policy", "fr": "fixé par la politique"},
}


def told(found: Solution) -> Told:
    """Reasons with their sources and days, answers, questions to settle, waivers and coming law.

    Parameters
    ----------
    found : Solution
    """
    words = Words(found.catalog, found.project.language)
    return Told(
        reasons=dict(_reasons(found, words)),
        answered=tuple(_answered(found, words)),
        to_settle=to_settle(found, words),
        waived=waived(found, words),
        coming=coming(found, words),
    )


def to_settle(found: Solution, words: Words) -> tuple[ToSettle, ...]:
    """The questions read protectively, in the order of the interview, whether or not that was recorded."""
    catalog = found.catalog
    unknown = {name for name, answer in found.project.answers.items() if answer.origin == "default"}
    return tuple(
        ToSettle(
            question.id,
            question.ask.in_language(words.language),
            _titles(found, question.id, [name.id for name in question.options if name.id in found.chosen], words),
            role(question.who_knows, words.language),
        )
        for question in catalog.questions
        if question.id in found.chosen and (question.id in unknown or question.id in found.assumed)
    )


def waived(found: Solution, words: Words) -> tuple[WaivedRule, ...]:
    """The rules that were set aside, each with its text."""
    rules = found.catalog.constraints
    return tuple(
        WaivedRule(
            waiver.constraint,
            rules[waiver.constraint].because.in_language(words.language),
            words.citations(rules[waiver.constraint].sources),
            waiver.person,
            waiver.reason,
            waiver.until,
        )
        for waiver in found.project.waivers
    )


def coming(found: Solution, words: Words) -> tuple[ComingLaw, ...]:
    """The laws that will change something here after the day for which it was solved."""
    catalog, rules = found.catalog, found.catalog.constraints

    def named(features: Iterable[str]) -> tuple[str, ...]:
        return tuple(catalog.title(name, words.language) for name in features)

    return tuple(
        ComingLaw(
            one.applies_from,
            rules[one.constraint].because.in_language(words.language),
            words.citations(rules[one.constraint].sources),
            named(one.requires),
            named(one.excludes),
            one.clashes,
        )
        for one in found.coming
    )


def _reasons(found: Solution, words: Words) -> Iterable[tuple[str, Reason]]:
    since = found.required_from()
    for name in found.chosen:
        ground = words.ground(found, name)
        rule = ground.rule
        cites = found.catalog.constraints[rule.id].sources if rule is not None and rule.kind == "constraint" else ()
        if not cites and name in found.catalog.entries:
            cites = found.catalog.entries[name].sources
        yield name, Reason(words.cited(ground), ground.sentence, words.citations(cites), since.get(name))


def _answered(found: Solution, words: Words) -> Iterable[Answered]:
    answers = found.project.answers
    for question in found.catalog.questions:
        if question.id in found.chosen and question.id in answers and answers[question.id].origin != "default":
            given = answers[question.id]
            chosen = tuple(found.catalog.current_id(option) for option in given.chosen)
            yield Answered(
                question.id,
                question.ask.in_language(words.language),
                chosen,
                _titles(found, question.id, chosen, words),
                _ORIGIN[given.origin][words.language],
            )


def _titles(found: Solution, question_id: str, chosen: Iterable[str], words: Words) -> tuple[str, ...]:
    """The answers in words; "yes" or "no" where that is the answer, "none of them" where no option holds."""
    question = found.catalog.question(question_id)
    titles = tuple(option.title.in_language(words.language) for option in question.options if option.id in set(chosen))
    if titles:
        return titles
    return (word("no" if question.type == "yes_no" else "none_chosen", words.language),)
