"""Sentences about conflicts, arguments, repairs and findings, in English and French; the only place with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fatesline.catalog import Catalog
from fatesline.documents.lineage import Lineage, is_structure, lineages
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

#: More decisions than this do not get a line each.
_MOST_LINES = 3

#: Answers that begin with these mean nothing without their question.
_NOT_ALONE = ("yes", "no", "none", "oui", "non", "aucun", "aucune")

#: Notes on a whole answer can be longer than the argument they stand in.
_LONGEST_NOTE = 160

_LEVEL = {
    "en": {"law": "law", "technical": "technical", "method": "method", "preference": "preference"},
    "fr": {"law": "droit", "technical": "technique", "method": "méthode", "preference": "préférence"},
}


#: Parts of sources, as citations name them and as French readers do.
_PLACES = {
    "Annex": "annexe",
    "Art.": "art.",
    "chapter": "chapitre",
    "paragraph": "paragraphe",
    "requirement": "exigence",
    "sheet": "fiche",
}


class Ground(NamedTuple):
    """Why a feature is there: one sentence without its full stop, and the rule it words if there is one."""

    sentence: str
    rule: Rule | None = None


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

    def claim(self, claim: Claim, *, short: bool = False) -> str:
        """What holds, or does not; in short without the question, where the answer alone says enough."""
        if claim.feature in self.catalog.options and not (short and self._speaks_for_itself(claim.feature)):
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
        return f"{self._origin(decision)}{self._colon} {self._decided(decision)}"

    @property
    def _colon(self) -> str:
        return self._say(":", " :")

    def _origin(self, decision: Decision) -> str:
        """Who decided, and whether for or against what is chosen by name."""
        if decision.origin == "asked" and decision.feature not in self.catalog.options:
            if decision.chosen:
                return self._say("you chose", "vous avez choisi")
            return self._say("you ruled out", "vous avez exclu")
        return _ORIGIN[self.language][decision.origin]

    def _decided(self, decision: Decision, *, short: bool = False) -> str:
        """What was decided; in short without the question, where the answer alone says enough."""
        places = f" ({', '.join(str(place) for place in decision.places[:3])})" if decision.places else ""
        note = f" ({decision.note})" if decision.note else ""
        if len(note) > _LONGEST_NOTE:
            note = self._say(" (the figures are in fates.yaml)", " (les chiffres sont dans fates.yaml)")
        if decision.origin == "asked" and decision.feature not in self.catalog.options:
            said = self.title(decision.feature)
        else:
            said = self.claim(Claim(decision.feature, decision.chosen), short=short)
        return f"{said}{note}{places}"

    def _speaks_for_itself(self, feature: str) -> bool:
        """Whether a title is clear without its question: "None of these" is not."""
        if feature not in self.catalog.options:
            return True
        question, option = self.catalog.options[feature]
        first = option.title.in_language(self.language).replace(",", " ").split()[0]
        return question.type != "yes_no" and first.lower() not in _NOT_ALONE

    def _decisions(self, decisions: Sequence[Decision], indent: str, *, numbered: bool) -> list[str]:
        """A line for each decision; answers to one question share one, and where there are many, all of one origin."""
        end = self._say(";", " ;")
        number = {decision: f"({at}) " if numbered else "" for at, decision in enumerate(decisions, start=1)}
        grouped: dict[object, list[Decision]] = {}
        many = len(decisions) > _MOST_LINES
        for decision in decisions:
            asked = self.catalog.options.get(decision.feature)
            question = "" if asked is None else asked[0].id if decision.chosen else decision.feature
            grouped.setdefault((self._origin(decision), "" if many else question), []).append(decision)
        lines = []
        for together in grouped.values():
            if len(together) > 1 and (many or together[0].feature not in self.catalog.options):
                parts = [number[one] + self._decided(one, short=True) for one in together]
            else:
                parts = [number[together[0]] + self._decided(together[0])]
                parts += [number[one] + self.title(one.feature) for one in together[1:]]
            lines.append(f"{indent}{self._origin(together[0])}{self._colon} {f'{end} '.join(parts)}{end}")
        return lines

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
        return self._because(rule, conclusion) + self._cited(rule)

    def _because(self, rule: Rule, conclusion: Claim | None) -> str:
        if rule.kind == "constraint":
            return self.catalog.constraints[rule.id].because.in_language(self.language).rstrip(".")
        if rule.kind == "parent":
            parent = self.catalog.model[rule.id].parent or rule.id
            return self._say(
                f"{self.title(rule.id)} is part of {self.title(parent)}",
                f"{self.title(rule.id)} fait partie de {self.title(parent)}",
            )
        if rule.kind == "group" and rule.group is not None:
            return self._group(rule.group, conclusion)
        return self._say("every project has it", "tout projet l'a")

    def _cited(self, rule: Rule | None) -> str:
        """Level and sources of a constraint, in brackets; nothing for other rules."""
        if rule is None or rule.kind != "constraint":
            return ""
        constraint = self.catalog.constraints[rule.id]
        if constraint.origin == "definition":
            return self.sources(constraint.sources)
        return f" ({_LEVEL[self.language][constraint.level]}{self.sources(constraint.sources)})"

    def _group(self, group: Group, conclusion: Claim | None) -> str:
        is_question = any(member in self.catalog.options for member in group.members)
        parent = self.title(group.parent)
        if group.kind == "mandatory" and conclusion is not None and conclusion.feature in group.members:
            member = self.title(conclusion.feature)
            return self._say(f"{parent} always includes {member}", f"{parent} comprend toujours {member}")
        if group.kind == "alternative" and (conclusion is None or not conclusion.holds):
            if is_question:
                return self._say("the question has one answer only", "la question n'a qu'une réponse")
            return self._say(f"{parent} allows one choice only", f"{parent} n'admet qu'un seul choix")
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

    def argument(self, argument: Argument, *, indent: str = "  ", numbered: bool = False) -> list[str]:
        """Lines: the decisions first, then each step that says something, with its reason.

        Steps that only climb the tree or go down to a mandatory child are left out, unless one of them concludes: then
        it tells the way from where they start. A definition that only leads to the next one shares its line, and so do
        the other members of a group that one member excludes.

        Parameters
        ----------
        argument : Argument
        indent : str
        numbered : bool
            Whether the decisions are numbered, to be referred to.
        """
        lines = self._decisions(argument.decisions, indent, numbered=numbered)
        lines += self._steps(argument.steps, indent)
        if lines:
            lines[-1] = lines[-1].rstrip(" ;") + "."
        return lines

    def _steps(self, steps: Sequence[Step], indent: str) -> list[str]:
        told = [step for at, step in enumerate(steps) if at == len(steps) - 1 or not is_structure(step)]
        lines = []
        at = 0
        while at < len(told):
            together = [told[at]]
            while at + len(together) < len(told) and self._share_a_line(together[-1], told[at + len(together)], steps):
                together.append(told[at + len(together)])
            at += len(together)
            lines += self._step(together[0], steps, indent) if len(together) == 1 else [self._joined(together, indent)]
        return lines

    def _share_a_line(self, step: Step, following: Step, steps: Sequence[Step]) -> bool:
        if step.conclusion is None or following.conclusion is None or step.rule is None or following.rule is None:
            return False
        if _excludes(step) and _excludes(following):
            return step.rule == following.rule
        used = [other for other in steps if step.conclusion in other.premises]
        return self._is_definition(step.rule) and self._is_definition(following.rule) and used == [following]

    def _is_definition(self, rule: Rule) -> bool:
        return rule.kind == "constraint" and self.catalog.constraints[rule.id].origin == "definition"

    def _joined(self, steps: Sequence[Step], indent: str) -> str:
        """Several steps as one: definitions that lead to each other, or what a chosen member of a group excludes."""
        end = self._say(";", " ;")
        so, last = self._say("so", "donc"), steps[-1]
        assert last.rule is not None
        assert last.conclusion is not None
        reason = self.because(last.rule, last.conclusion)
        if _excludes(last):
            listed = self._say(" nor ", " ni ").join(
                self.title(one.conclusion.feature) for one in steps if one.conclusion
            )
            return f"{indent}{so} {self._say('neither', 'ni')} {listed}{self._colon} {reason}{end}"
        passed = []
        for step in steps[:-1]:
            assert step.rule is not None
            assert step.conclusion is not None
            sources = self.sources(self.catalog.constraints[step.rule.id].sources)
            passed.append(f"{self.claim(step.conclusion, short=True)}{sources}")
        listed = self._say(", therefore ", ", par conséquent ").join([*passed, self.claim(last.conclusion, short=True)])
        return f"{indent}{so} {listed}{self._colon} {reason}{end}"

    def _step(self, step: Step, steps: Sequence[Step], indent: str) -> list[str]:
        end = self._say(";", " ;")
        if step.is_supposition and step.conclusion is not None:
            return [indent + self._say("suppose ", "supposons ") + self.claim(step.conclusion) + end]
        if step.cases:
            return self._by_cases(step, indent)
        ways = lineages(self.catalog.model, steps, step) if is_structure(step) else []
        if ways:
            reason = self._lineage(ways[0])
        else:
            reason = self.because(step.rule, step.conclusion) if step.rule is not None else ""
        if step.conclusion is None:
            return [f"{indent}{self._say('but', 'mais')}{self._colon} {reason}{end}"]
        so = self._say("so", "donc")
        return [f"{indent}{so} {self.claim(step.conclusion, short=True)}{self._colon} {reason}{end}"]

    def _lineage(self, way: Lineage) -> str:
        start, top, end = map(self.title, way)
        if way.top == way.end:
            return self._say(f"{start} is part of {end}", f"{start} fait partie de {end}")
        if way.start == way.top:
            return self._say(f"{top} always includes {end}", f"{top} comprend toujours {end}")
        return self._say(
            f"{start} is part of {top}, which always includes {end}",
            f"{start} fait partie de {top}, qui comprend toujours {end}",
        )

    def _by_cases(self, step: Step, indent: str) -> list[str]:
        end = self._say(";", " ;")
        lines = []
        for number, case in enumerate(step.cases, start=1):
            if len(step.cases) > 1:
                lines.append(indent + self._say(f"case {number}:", f"cas {number} :"))
            lines += self._steps(case, indent + "  ")
        if step.conclusion is not None:
            claim = self.claim(step.conclusion)
            if len(step.cases) > 1:
                lines.append(indent + self._say(f"so in every case {claim}", f"donc dans tous les cas {claim}") + end)
            else:
                lines.append(indent + self._say(f"so {claim}", f"donc {claim}") + end)
        return lines

    def conflict(self, conflict: Conflict, repairs: Sequence[Repair]) -> list[str]:
        """A contradiction as a minimal set of decisions, the steps, and the ways out with the cheapest first."""
        lines = [self._say("These do not go together:", "Ceci ne va pas ensemble :")]
        lines += self.argument(conflict, numbered=True)
        if repairs:
            lines.append(self._ways_out(conflict, repairs))
        waivable = [
            rule.id
            for rule in conflict.rules
            if rule.kind == "constraint" and self.catalog.constraints[rule.id].can_be_waived
        ]
        if waivable:
            named = self._say(" or ", " ou à ").join(waivable)
            lines.append(
                self._say(
                    f"Or waive {named} in fates.yaml, with a person, a reason and an end.",
                    f"Ou déroger à {named} dans fates.yaml, avec une personne, un motif et une échéance.",
                )
            )
        return lines

    def _ways_out(self, conflict: Conflict, repairs: Sequence[Repair]) -> str:
        number = {decision.feature: f"({at})" for at, decision in enumerate(conflict.decisions, start=1)}

        def named(decision: Decision) -> str:
            known = number.get(decision.feature)
            return known or self.claim(Claim(decision.feature, decision.chosen), short=True)

        ways = [self._all_of([named(decision) for decision in repair.give_up]) for repair in repairs]
        heading = self._say("Ways out", "Issues")
        if len({repair.price for repair in repairs}) > 1:
            heading += self._say(", cheapest first", ", la moins coûteuse d'abord")
        if all(len(repair.give_up) == 1 for repair in repairs):
            *first, last = ways
            listed = f"{', '.join(first)} {self._say('or', 'ou')} {last}" if first else last
        else:
            listed = self._say("; or ", " ; ou à ").join(ways)
        return f"{heading}{self._colon} {self._say('give up', 'renoncer à')} {listed}."

    def _all_of(self, names: Sequence[str]) -> str:
        *first, last = names
        return f"{', '.join(first)} {self._say('and', 'et')} {last}" if first else last

    def giving_up(self, decision: Decision) -> str:
        """What to change so that a decision no longer binds."""
        claim = self.claim(Claim(decision.feature, decision.chosen))
        return self._say(f"give up: {claim}", f"renoncer à : {claim}")

    def contradiction(self, found: Contradiction) -> list[str]:
        """Lines on decisions that no configuration satisfies."""
        return self.conflict(found.conflict, found.repairs)

    def reason(self, solution: Solution, feature: str) -> str:
        """One sentence why a chosen feature is there, with its source in short."""
        return self.cited(self.ground(solution, feature))

    def cited(self, ground: Ground) -> str:
        """The sentence with level and source in brackets."""
        return ground.sentence + self._cited(ground.rule)

    def ground(self, solution: Solution, feature: str) -> Ground:
        """Why a chosen feature is there: the sentence, and the rule that it words."""
        argument = solution.argument(feature)
        if argument is None:
            return self._proposed(solution, feature)
        telling = next((step for step in reversed(argument.steps) if not is_structure(step)), None)
        if telling is None:
            if not argument.decisions:
                return Ground(self._say("part of every project", "fait partie de tout projet"))
            decision = self.decision(argument.decisions[0])
            if argument.decisions[0].feature == feature:
                return Ground(decision)
            return Ground(self._say(f"follows from what {decision}", f"découle de ceci : {decision}"))
        if telling.rule is not None:
            because = self._because(telling.rule, telling.conclusion)
        else:
            because = self._say("every alternative needs it", "chaque possibilité le demande")
        if telling.conclusion is not None and telling.conclusion.feature != feature:
            follows = self.claim(telling.conclusion)
            because = self._say(f"follows from {follows}: {because}", f"découle de {follows} : {because}")
        return Ground(because, telling.rule)

    def _proposed(self, solution: Solution, feature: str) -> Ground:
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
            rule = Rule("constraint", liked[0].id)
            return Ground(self._because(rule, None), rule)
        group = next((found for found in model.groups if feature in found.members), None)
        if group is not None and group.kind in ("alternative", "some"):
            parent = self.title(group.parent)
            return Ground(
                self._say(
                    f"{parent} needs one; this one fits and asks the least effort",
                    f"{parent} en demande un ; celui-ci convient et demande le moins d'effort",
                )
            )
        return Ground(self._say("proposed, not required", "proposé, non exigé"))

    def citations(self, citations: Iterable[str]) -> tuple[str, ...]:
        """Sources as an outsider looks them up: the title, in the reader's language if there is one, and where."""
        return tuple(self._citation(text) for text in citations)

    def _citation(self, text: str) -> str:
        source, place = self.catalog.citation(text)
        french = self.language == "fr"
        for english, word in _PLACES.items() if french else ():
            place = place.replace(english, word)
        title = source.title_in(self.language)
        return f"{title}, {place}" if place else title


def _excludes(step: Step) -> bool:
    """True if the step says that a member of a group cannot hold because others do."""
    group = step.rule.group if step.rule is not None else None
    return (
        not step.cases
        and group is not None
        and step.conclusion is not None
        and not step.conclusion.holds
        and step.conclusion.feature in group.members
    )
