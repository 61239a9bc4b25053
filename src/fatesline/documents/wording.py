"""Sentences about conflicts, arguments, repairs and findings, in English and French; the only place with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from fatesline.catalog import Catalog
from fatesline.model.configuration import Decision
from fatesline.model.features import Group
from fatesline.reasoning import Argument, Claim, Conflict, Repair, Rule, Step
from fatesline.solution import Contradiction, Solution

Language = Literal["en", "fr"]

_ORIGIN = {
    "en": {
        "asked": "you answered",
        "measured": "measured",
        "detected": "found in the code",
        "policy": "set by policy",
        "default": "not known, so read protectively",
    },
    "fr": {
        "asked": "vous avez répondu",
        "measured": "mesuré",
        "detected": "trouvé dans le code",
        "policy": "fixé par la politique",
        "default": "inconnu, donc lu de façon protectrice",
    },
}

#: Notes on a whole answer can be longer than the argument they stand in.
_LONGEST_NOTE = 160

_LEVEL = {
    "en": {"law": "law", "technical": "technical", "method": "method", "preference": "preference"},
    "fr": {"law": "droit", "technical": "technique", "method": "méthode", "preference": "préférence"},
}


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks about one catalog in one language.

    Parameters
    ----------
    catalog : Catalog
    language : {'en', 'fr'}
    """

    catalog: Catalog
    language: Language = "en"

    def _say(self, english: str, french: str) -> str:
        return french if self.language == "fr" else english

    def title(self, feature: str) -> str:
        """The feature's title in quotation marks."""
        text = self.catalog.title(feature, self.language)
        return self._say(f'"{text}"', f"« {text} »")

    def claim(self, claim: Claim) -> str:
        """What holds, or does not."""
        if claim.feature in self.catalog.options:
            question, option = self.catalog.options[claim.feature]
            asked, answer = question.ask.in_language(self.language), option.title.in_language(self.language)
            if claim.holds:
                return f"{asked} {answer}"
            if question.type == "yes_no":
                return f"{asked} {self._say('No', 'Non')}"
            return self._say(f'{asked} not "{answer}"', f"{asked} pas « {answer} »")
        if claim.holds:
            return self.title(claim.feature)
        return self._say(f"not {self.title(claim.feature)}", f"pas {self.title(claim.feature)}")

    def decision(self, decision: Decision) -> str:
        """Who decided what, with the measured figure where there is one."""
        origin = _ORIGIN[self.language][decision.origin]
        if decision.origin == "asked" and decision.feature not in self.catalog.options:
            origin = self._say("you chose", "vous avez choisi")
        places = f" ({', '.join(str(place) for place in decision.places[:3])})" if decision.places else ""
        note = f" ({decision.note})" if decision.note else ""
        if len(note) > _LONGEST_NOTE:
            note = self._say(" (the figures are in fates.yaml)", " (les chiffres sont dans fates.yaml)")
        colon = self._say(":", " :")
        return f"{origin}{colon} {self.claim(Claim(decision.feature, decision.chosen))}{note}{places}"

    def sources(self, citations: Iterable[str]) -> str:
        """Short names of sources with their places, in brackets; empty without sources."""
        listed = "; ".join(citations)
        return f" [{listed}]" if listed else ""

    def because(self, rule: Rule, conclusion: Claim | None = None) -> str:
        """The reason of a rule, in one sentence without its full stop, and its source.

        Parameters
        ----------
        rule : Rule
        conclusion : Claim, optional
            What it is used for; then only what matters for it is named.
        """
        if rule.kind == "constraint":
            constraint = self.catalog.constraints[rule.id]
            text = constraint.because.in_language(self.language).rstrip(".")
            if constraint.origin == "definition":
                return text + self.sources(constraint.sources)
            return f"{text} ({_LEVEL[self.language][constraint.level]}{self.sources(constraint.sources)})"
        if rule.kind == "parent":
            parent = self.catalog.model[rule.id].parent or rule.id
            return self._say(
                f"{self.title(rule.id)} is part of {self.title(parent)}",
                f"{self.title(rule.id)} fait partie de {self.title(parent)}",
            )
        if rule.kind == "group" and rule.group is not None:
            return self._group(rule.group, conclusion)
        return self._say("every project has it", "tout projet l'a")

    def _group(self, group: Group, conclusion: Claim | None) -> str:
        parent = self.title(group.parent)
        if group.kind == "mandatory" and conclusion is not None and conclusion.feature in group.members:
            member = self.title(conclusion.feature)
            return self._say(f"{parent} always includes {member}", f"{parent} comprend toujours {member}")
        members = self._listed([self.title(member) for member in group.members])
        match group.kind:
            case "mandatory":
                return self._say(f"{parent} always includes {members}", f"{parent} comprend toujours {members}")
            case "alternative":
                return self._say(f"{parent} is exactly one of {members}", f"{parent} est exactement l'un de {members}")
            case "some":
                return self._say(
                    f"{parent} needs at least one of {members}", f"{parent} demande au moins l'un de {members}"
                )
            case _:
                return self._say(
                    f"{parent} has {group.minimum} to {group.maximum} of {members}",
                    f"{parent} a de {group.minimum} à {group.maximum} de {members}",
                )

    def _listed(self, names: Sequence[str]) -> str:
        if len(names) > 6:
            rest = len(names) - 5
            return ", ".join(names[:5]) + self._say(f" and {rest} others", f" et {rest} autres")
        return ", ".join(names)

    def argument(self, argument: Argument, *, indent: str = "  ") -> list[str]:
        """Lines: the decisions first, then each step that says something, with its reason.

        Steps that only climb the tree or go down to a mandatory child are left out, unless one of them concludes.
        """
        lines = [f"{indent}{self.decision(decision)};" for decision in argument.decisions]
        lines += self._steps(argument.steps, indent)
        if lines:
            lines[-1] = lines[-1].rstrip(";") + "."
        return lines

    def _steps(self, steps: Sequence[Step], indent: str) -> list[str]:
        lines = []
        for number, step in enumerate(steps):
            last = number == len(steps) - 1
            if not last and _is_structure(step):
                continue
            lines += self._step(step, indent)
        return lines

    def _step(self, step: Step, indent: str) -> list[str]:
        if step.cases:
            lines = []
            for number, case in enumerate(step.cases, start=1):
                lines.append(indent + self._say(f"case {number}:", f"cas {number} :"))
                lines += self._steps(case, indent + "  ")
            if step.conclusion is not None:
                claim = self.claim(step.conclusion)
                lines.append(indent + self._say(f"so in every case {claim};", f"donc dans tous les cas {claim} ;"))
            return lines
        reason = self.because(step.rule, step.conclusion) if step.rule is not None else ""
        if step.conclusion is None:
            together = self._say("which does not fit: ", "ce qui ne va pas ensemble : ")
            return [f"{indent}{together}{reason};"]
        so = self._say("so", "donc")
        return [f"{indent}{so} {self.claim(step.conclusion)}{self._say(': ', ' : ')}{reason};"]

    def conflict(self, conflict: Conflict, repairs: Sequence[Repair]) -> list[str]:
        """A contradiction as a minimal set of decisions, the steps, and the ways out with the cheapest first."""
        lines = [self._say("These do not go together:", "Ceci ne va pas ensemble :")]
        lines += self.argument(conflict)
        if repairs:
            lines.append(self._say("Ways out, cheapest first:", "Issues, la moins coûteuse d'abord :"))
            for repair in repairs:
                given_up = self._say("; and ", " ; et ").join(self.giving_up(decision) for decision in repair.give_up)
                price = self._say(f"price {repair.price}", f"prix {repair.price}")
                lines.append(f"  - {given_up} ({price})")
        waivable = [
            rule.id
            for rule in conflict.rules
            if rule.kind == "constraint" and self.catalog.constraints[rule.id].level in ("law", "method")
        ]
        if waivable:
            named = ", ".join(waivable)
            lines.append(
                self._say(
                    f"  - or waive one of these in fates.yaml, with a person, a reason and an end: {named}",
                    f"  - ou y déroger dans fates.yaml, avec une personne, un motif et une échéance : {named}",
                )
            )
        return lines

    def giving_up(self, decision: Decision) -> str:
        """What to change so that a decision no longer binds."""
        claim = self.claim(Claim(decision.feature, decision.chosen))
        return self._say(f"give up: {claim}", f"renoncer à : {claim}")

    def contradiction(self, found: Contradiction) -> list[str]:
        """Lines on decisions that no configuration satisfies."""
        return self.conflict(found.conflict, found.repairs)

    def reason(self, solution: Solution, feature: str) -> str:
        """One sentence why a chosen feature is there."""
        argument = solution.argument(feature)
        if argument is None:
            return self._proposed(solution, feature)
        telling = next((step for step in reversed(argument.steps) if not _is_structure(step)), None)
        if telling is None:
            if not argument.decisions:
                return self._say("part of every project", "fait partie de tout projet")
            decision = self.decision(argument.decisions[0])
            if argument.decisions[0].feature == feature:
                return decision
            return self._say(f"follows from what {decision}", f"découle de ceci : {decision}")
        reason = (
            self.because(telling.rule, telling.conclusion)
            if telling.rule is not None
            else self._say("every alternative needs it", "chaque possibilité le demande")
        )
        if telling.conclusion is None or telling.conclusion.feature == feature:
            return reason
        follows = self.claim(telling.conclusion)
        return self._say(f"follows from {follows}: {reason}", f"découle de {follows} : {reason}")

    def _proposed(self, solution: Solution, feature: str) -> str:
        """The reason of a choice that could have been made otherwise."""
        model = solution.catalog.model
        liked = [
            constraint
            for constraint in model.constraints
            if constraint.level == "preference"
            and feature in constraint.formula.variables()
            and constraint.formula.holds_in(solution.chosen)
            and not constraint.formula.holds_in([name for name in solution.chosen if name != feature])
        ]
        if liked:
            return self.because(Rule("constraint", liked[0].id))
        group = next((found for found in model.groups if feature in found.members), None)
        if group is not None and group.kind in ("alternative", "some"):
            parent = self.title(group.parent)
            return self._say(
                f"{parent} needs one; this one fits and asks the least effort",
                f"{parent} en demande un ; celui-ci convient et demande le moins d'effort",
            )
        return self._say("proposed, not required", "proposé, non exigé")


def _is_structure(step: Step) -> bool:
    """True if the step says no more than the shape of the tree."""
    rule = step.rule
    if rule is None:
        return False
    return rule.kind in ("root", "parent") or (rule.group is not None and rule.group.kind == "mandatory")
