"""How the dialogue calls things: questions, answers, reasons and sources of one catalog in one language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Question
from fatesline.errors import UserError
from fatesline.interview.words import role, word
from fatesline.reasoning import Argument

#: The name by which a text is known, at the end of its title: "Regulation (EU) 2024/1689 ... (AI Act)".
_KNOWN_AS = re.compile(r"\(([^()]*[A-Z][^()]*[A-Z][^()]*)\)\Z")

#: Longer titles are cut; "why" gives them whole.
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Phrases:
    """Speaks of one catalog in one language.

    Parameters
    ----------
    catalog : Catalog
    language : {'en', 'fr'}
    """

    catalog: Catalog
    language: str

    def title(self, feature: str) -> str:
        """What a feature or question is called; the one option of a yes-no question is its question."""
        if feature in self.catalog.options:
            question, option = self.catalog.options[feature]
            if question.type == "yes_no":
                return f"{self.asked(question)} {option.title.in_language(self.language)}"
        try:
            return self.catalog.title(feature, self.language)
        except UserError:
            return feature

    def asked(self, question: Question) -> str:
        """The question as it is asked."""
        return question.ask.in_language(self.language)

    def answer(self, question: Question, chosen: Sequence[str]) -> str:
        """An answer as people give it."""
        if question.type == "yes_no":
            return word("yes" if chosen else "no", self.language)
        titles = [option.title.in_language(self.language) for option in question.options if option.id in chosen]
        return "; ".join(titles) or word("none_chosen", self.language)

    def who(self, question: Question) -> str:
        """Who can tell."""
        return role(question.who_knows, self.language)

    def cited(self, citations: Sequence[str]) -> str:
        """Short titles of sources with the places in them."""
        shown = []
        for citation in citations:
            source, where = self.catalog.citation(citation)
            title = _short(source.title_in(self.language))
            shown.append(f"{title}, {where}" if where else title)
        return "; ".join(shown)

    def cited_in_full(self, citation: str) -> str:
        """A source with its date and address."""
        source, where = self.catalog.citation(citation)
        return ", ".join(part for part in (source.title_in(self.language), where, source.date, source.url) if part)

    def reason(self, argument: Argument) -> str:
        """The reason of the last constraint of an argument; empty if only the tree speaks."""
        for step in reversed(argument.steps):
            if step.rule is not None and step.rule.kind == "constraint":
                return self.because(step.rule.id)
        return ""

    def because(self, constraint_id: str) -> str:
        """The reason of a constraint, with its sources."""
        constraint = self.catalog.constraints[constraint_id]
        sentence = constraint.because.in_language(self.language).rstrip(".")
        return f"{sentence} [{self.cited(constraint.sources)}]"

    def argument(self, argument: Argument) -> list[str]:
        """The decisions that an argument needs and the reasons of its constraints, one line each."""
        lines = [self._decision(one.feature, one.chosen) for one in argument.decisions]
        return lines + [self.because(rule.id) for rule in argument.rules if rule.kind == "constraint"]

    def waivable(self, argument: Argument) -> list[str]:
        """Constraints of an argument that somebody may answer for setting aside."""
        return [
            rule.id
            for rule in argument.rules
            if rule.kind == "constraint" and self.catalog.constraints[rule.id].can_be_waived
        ]

    def _decision(self, feature: str, chosen: bool) -> str:
        if feature in self.catalog.options:
            question, _ = self.catalog.options[feature]
            if question.type == "yes_no":
                reply = word("yes" if chosen else "no", self.language)
                return word("you_chose", self.language, option=f"{self.asked(question)} {reply}")
        return word("you_chose" if chosen else "you_did_not_choose", self.language, option=self.title(feature))


def _short(title: str) -> str:
    known = _KNOWN_AS.search(title)
    if known is not None:
        return known[1]
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} ..."
