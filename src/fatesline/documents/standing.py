"""What stands beside the findings and the choices: rules set aside, days of the law, questions still to settle."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fatesline.documents.for_projects import coming, to_settle, waived
from fatesline.documents.wording import Language, Words
from fatesline.generation.told import ComingLaw, ToSettle, WaivedRule
from fatesline.solution import Solution

_HEADINGS = {
    "en": {
        "waived": "Rules set aside",
        "days": "From when the law asks for it",
        "coming": "Coming, not in force on that day",
        "to_settle": "Questions nobody answered, read protectively",
    },
    "fr": {
        "waived": "Règles écartées",
        "days": "À partir de quand le droit l'exige",
        "coming": "À venir, pas encore en vigueur ce jour-là",
        "to_settle": "Questions sans réponse, lues de façon protectrice",
    },
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a solution beyond what was chosen, in one language.

    Parameters
    ----------
    waived : tuple of WaivedRule
    days : mapping of date to tuple of str
        Titles of what the law asks for from a day on, by day; what no dated law asks for is left out.
    coming : tuple of ComingLaw
        Laws that do not bind yet on the day asked for; none if no day was.
    to_settle : tuple of ToSettle
    language : {'en', 'fr'}
    """

    waived: tuple[WaivedRule, ...]
    days: Mapping[datetime.date, tuple[str, ...]]
    coming: tuple[ComingLaw, ...]
    to_settle: tuple[ToSettle, ...]
    language: Language

    def lines(self, *parts: str) -> list[str]:
        """A heading and its lines for each part of which there is something, an empty line before each heading.

        Parameters
        ----------
        *parts : {'days', 'coming', 'to_settle', 'waived'}
            All of them by default.
        """
        told = {
            "days": [self.day(day) for day in self.days],
            "coming": [self.law(law) for law in self.coming],
            "to_settle": [self.question(question) for question in self.to_settle],
            "waived": [self.waiver(waiver) for waiver in self.waived],
        }
        lines = []
        for name in parts or told:
            if told[name]:
                lines += ["", _HEADINGS[self.language][name], *(f"  {line}" for line in told[name])]
        return lines

    def _say(self, english: str, french: str) -> str:
        return french if self.language == "fr" else english

    def _listed(self, texts: tuple[str, ...]) -> str:
        return self._say("; ", " ; ").join(texts)

    def waiver(self, waiver: WaivedRule) -> str:
        """The rule, who set it aside, why, and until when."""
        told = self._say(
            "{rule} Waived by {person} until {until}: {reason} ({constraint}; {sources})",
            "{rule} Écartée par {person} jusqu'au {until} : {reason} ({constraint} ; {sources})",
        )
        return told.format(
            rule=waiver.rule,
            person=waiver.person,
            until=waiver.until.isoformat(),
            reason=waiver.reason,
            constraint=waiver.constraint,
            sources=self._listed(waiver.sources),
        )

    def day(self, day: datetime.date) -> str:
        """What the law asks for from one day on."""
        return f"{day.isoformat()}{self._say(':', ' :')} {self._listed(self.days[day])}"

    def law(self, law: ComingLaw) -> str:
        """A law that does not bind yet, and what it will change here."""
        colon = self._say(":", " :")
        told = [f"{law.applies_from.isoformat()}{colon} {law.rule} ({self._listed(law.sources)})"]
        if law.requires:
            told.append(f"{self._say('Will require', 'Exigera')}{colon} {self._listed(law.requires)}.")
        if law.excludes:
            told.append(f"{self._say('Will rule out', 'Exclura')}{colon} {self._listed(law.excludes)}.")
        if law.clashes:
            told.append(self._say("Will contradict what was decided.", "Contredira ce qui a été décidé."))
        return " ".join(told)

    def question(self, question: ToSettle) -> str:
        """A question still to settle, how it is read for now, and who can tell."""
        told = self._say("{question} {answers} ({id}; {who})", "{question} {answers} ({id} ; {who})")
        return told.format(
            question=question.question, answers=self._listed(question.answers), id=question.id, who=question.who
        )

    def plain(self) -> dict[str, Any]:
        """The same for programs; keys are stable."""
        return {
            "waivers": [
                {
                    "constraint": waiver.constraint,
                    "rule": waiver.rule,
                    "sources": list(waiver.sources),
                    "person": waiver.person,
                    "reason": waiver.reason,
                    "until": waiver.until.isoformat(),
                }
                for waiver in self.waived
            ],
            "required_from": {day.isoformat(): list(titles) for day, titles in self.days.items()},
            "to_settle": [
                {
                    "question": question.id,
                    "ask": question.question,
                    "read_as": list(question.answers),
                    "who": question.who,
                }
                for question in self.to_settle
            ],
        }


def standing(found: Solution, language: Language) -> Standing:
    """What stands beside a solution.

    Parameters
    ----------
    found : Solution
    language : {'en', 'fr'}
    """
    words = Words(found.catalog, language)
    by_day: dict[datetime.date, list[str]] = {}
    for name, day in found.required_from().items():
        if name in found.catalog.entries and found.catalog.entries[name].kind not in ("context", "derived"):
            by_day.setdefault(day, []).append(found.catalog.title(name, language))
    return Standing(
        waived=waived(found, words),
        days={day: tuple(by_day[day]) for day in sorted(by_day)},
        coming=coming(found, words),
        to_settle=to_settle(found, words),
        language=language,
    )
