"""Sentences about feature models that have no texts of their own, such as those of other tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fatesline.documents.lineage import Lineage, is_structure, lineages
from fatesline.model.configuration import Decision
from fatesline.model.features import Constraint, FeatureModel, Group
from fatesline.model.formula import Formula
from fatesline.reasoning import Argument, Claim, Repair, Rule, Step

Language = Literal["en", "fr"]

#: Names in one list; the others are counted.
_MOST_NAMES = 5
_MOST_REASONS = 2
_LONGEST_FORMULA = 100

#: Steps of an argument that are told; in between others are counted.
MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class ModelWords:
    """Speaks about one model in one language; features go by their names.

    Parameters
    ----------
    model : FeatureModel
    language : {'en', 'fr'}
    """

    model: FeatureModel
    language: Language = "en"
    _constraints: dict[str, Constraint] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_constraints", {one.id: one for one in self.model.constraints})

    def say(self, english: str, french: str) -> str:
        """The text in the language spoken."""
        return french if self.language == "fr" else english

    def name(self, feature: str) -> str:
        """The feature in quotation marks."""
        return self.say(f'"{feature}"', f"« {feature} »")

    def names(self, features: Sequence[str], last: str = "") -> str:
        """Features in a list; past a few the others are counted.

        Parameters
        ----------
        features : sequence of str
        last : str
            The word before the last one; "and" by default.
        """
        word = last or self.say("and", "et")
        if len(features) > _MOST_NAMES + 1:
            rest = len(features) - _MOST_NAMES
            others = self.say(f"{rest:,} others", f"{rest} autres")
            return f"{', '.join(map(self.name, features[:_MOST_NAMES]))} {word} {others}"
        *first, end = map(self.name, features)
        return f"{', '.join(first)} {word} {end}" if first else end

    def claims(self, claims: Sequence[Claim]) -> str:
        """What holds, and what does not."""
        holding = [claim.feature for claim in claims if claim.holds]
        missing = [claim.feature for claim in claims if not claim.holds]
        parts = [self.names(holding)] if holding else []
        if len(missing) == 1:
            parts.append(self.say(f"not {self.name(missing[0])}", f"pas {self.name(missing[0])}"))
        elif missing:
            listed = self.names(missing, self.say("and", "et"))
            parts.append(self.say(f"none of {listed}", f"aucun de {listed}"))
        return self.say(", but ", ", mais ").join(parts)

    def decisions(self, decisions: Sequence[Decision]) -> list[str]:
        """What was decided, in at most two clauses."""
        chosen = [decision.feature for decision in decisions if decision.chosen]
        ruled_out = [decision.feature for decision in decisions if not decision.chosen]
        lines = []
        if chosen:
            lines.append(self.say(f"you chose {self.names(chosen)}", f"vous avez choisi {self.names(chosen)}"))
        if ruled_out:
            listed = self.names(ruled_out)
            lines.append(self.say(f"you ruled out {listed}", f"vous avez exclu {listed}"))
        return lines

    def because(self, rule: Rule, conclusion: Claim | None = None, premises: Sequence[Claim] = ()) -> str:
        """The reason of a rule, without its full stop.

        Parameters
        ----------
        rule : Rule
        conclusion : Claim, optional
            What it is used for; then only what matters for it is named.
        premises : sequence of Claim
            What it is used with.
        """
        if rule.kind == "constraint":
            return self._constraint(self._constraints[rule.id])
        if rule.kind == "parent":
            child, parent = self.name(rule.id), self.name(self.model[rule.id].parent or rule.id)
            return self.say(f"{child} is part of {parent}", f"{child} fait partie de {parent}")
        if rule.kind == "group" and rule.group is not None:
            return self._group(rule.group, conclusion, premises)
        root = self.name(rule.id)
        return self.say(f"{root} is in every configuration", f"{root} est dans toute configuration")

    def _group(self, group: Group, conclusion: Claim | None, premises: Sequence[Claim]) -> str:
        parent = self.name(group.parent)
        if group.maximum == 1 and conclusion is not None and not conclusion.holds:
            beside = [claim.feature for claim in premises if claim.holds and claim.feature in group.members]
            if beside:
                taken = self.name(beside[0])
                return self.say(f"{parent} has one only, here {taken}", f"{parent} n'en a qu'un, ici {taken}")
        if group.maximum == 1 and conclusion is None and len(group.members) > 2:
            chosen = [claim.feature for claim in premises if claim.holds and claim.feature in group.members]
            if len(chosen) == 2:
                one, other = map(self.name, chosen)
                return self.say(
                    f"{parent} cannot have both {one} and {other}", f"{parent} ne peut avoir à la fois {one} et {other}"
                )
        if group.kind == "mandatory" and conclusion is not None and conclusion.feature in group.members:
            members = self.name(conclusion.feature)
        else:
            members = self.names(group.members)
        match group.kind:
            case "mandatory":
                return self.say(f"{parent} always has {members}", f"{parent} comprend toujours {members}")
            case "alternative":
                return self.say(f"{parent} has exactly one of {members}", f"{parent} a exactement un de {members}")
            case "some":
                return self.say(f"{parent} has at least one of {members}", f"{parent} a au moins un de {members}")
            case _:
                return self.say(
                    f"{parent} has {group.minimum} to {group.maximum} of {members}",
                    f"{parent} a de {group.minimum} à {group.maximum} de {members}",
                )

    def _constraint(self, constraint: Constraint) -> str:
        formula = constraint.formula
        pair = _pair(formula)
        if pair is not None:
            (one, one_holds), (other, other_holds) = pair
            if not one_holds and other_holds:
                return self.say(
                    f"{self.name(one)} requires {self.name(other)}", f"{self.name(one)} exige {self.name(other)}"
                )
            if not one_holds and not other_holds:
                return self.say(
                    f"{self.name(one)} excludes {self.name(other)}", f"{self.name(one)} exclut {self.name(other)}"
                )
        if formula.kind == "feature":
            return self.say(f"{self.name(formula.feature)} is required", f"{self.name(formula.feature)} est exigé")
        if formula.kind == "not" and formula.parts[0].kind == "feature":
            name = self.name(formula.parts[0].feature)
            return self.say(f"{name} is forbidden", f"{name} est interdit")
        text = constraint.id if _has_empty_part(formula) else str(formula)
        if len(text) > _LONGEST_FORMULA:
            text = f"{constraint.id}: {text[: _LONGEST_FORMULA - 3]}..."
        return text

    def argument(self, argument: Argument, *, indent: str = "  ", most: int | None = MOST_STEPS) -> list[str]:
        """Lines: the decisions first, then each step that says something, with its reason.

        Steps that only go up or down the tree are one way from where they start; steps of one kind from the same
        distance are one line; of more than ``most`` lines (None: no bound), those in the middle are counted.
        """
        end = self.say(";", " ;")
        lines = [f"{indent}{text}{end}" for text in self.decisions(argument.decisions)]
        steps = self._steps(argument.steps, indent)
        if most is not None and len(steps) > most:
            hidden = len(steps) - most + 1
            more = self.say(
                f"... {hidden} further lines, all of them with --format json",
                f"... {hidden} lignes de plus, toutes avec --format json",
            )
            steps = [*steps[: most - 2], indent + more, *steps[-1:]]
        lines += steps
        if lines:
            lines[-1] = lines[-1].rstrip(" ;") + "."
        return lines

    def _steps(self, steps: Sequence[Step], indent: str) -> list[str]:
        lines = []
        for together in _levels(steps):
            if together[0].cases:
                lines += self._by_cases(together[0], indent)
            else:
                lines.append(self._together(together, steps, indent))
        return lines

    def _lineage(self, way: Lineage) -> str:
        start, top, end = map(self.name, way)
        if way.top == way.end:
            return self.say(f"{start} is part of {end}", f"{start} fait partie de {end}")
        if way.start == way.top:
            return self.say(f"{top} always has {end}", f"{top} comprend toujours {end}")
        return self.say(
            f"{start} is part of {top}, which always has {end}",
            f"{start} fait partie de {top}, qui comprend toujours {end}",
        )

    def _together(self, steps: Sequence[Step], argued: Sequence[Step], indent: str) -> str:
        end = self.say(";", " ;")
        if steps[0].is_supposition:
            assert steps[0].conclusion is not None
            claim = self.claims([steps[0].conclusion])
            return f"{indent}{self.say(f'suppose {claim}', f'supposons {claim}')}{end}"
        shown: dict[str, None] = {}
        for step in steps:
            shown.update((self._lineage(way), None) for way in lineages(self.model, argued, step))
            if step.rule is not None and not (is_structure(step) and shown):
                shown[self.because(step.rule, step.conclusion, step.premises)] = None
        reasons = list(shown)
        rest = len(reasons) - _MOST_REASONS
        shorter = reasons[:_MOST_REASONS] if rest > 1 else reasons
        reason = self.say("; ", " ; ").join(shorter)
        if rest > 1:
            reason += self.say(f"; and {rest} more such rules", f" ; et {rest} autres règles de ce genre")
        if steps[0].conclusion is None:
            together = self.say("which does not fit: ", "ce qui ne va pas ensemble : ")
            return f"{indent}{together}{reason}{end}"
        claims = self.claims([step.conclusion for step in steps if step.conclusion is not None])
        return f"{indent}{self.say('so', 'donc')} {claims}{self.say(':', ' :')} {reason}{end}"

    def _by_cases(self, step: Step, indent: str) -> list[str]:
        lines = []
        for number, case in enumerate(step.cases, start=1):
            if len(step.cases) > 1:
                lines.append(indent + self.say(f"case {number}:", f"cas {number} :"))
            lines += self._steps(case, indent + "  ")
        if step.conclusion is not None:
            claim = self.claims([step.conclusion])
            if len(step.cases) > 1:
                lines.append(indent + self.say(f"so in every case {claim};", f"donc dans tous les cas {claim} ;"))
            else:
                lines.append(indent + self.say(f"so {claim};", f"donc {claim} ;"))
        return lines

    def conflict(
        self, conflict: Argument, repairs: Sequence[Repair] = (), constraints: Sequence[str] = ()
    ) -> list[str]:
        """A contradiction: the decisions, the steps, and the ways out.

        Parameters
        ----------
        conflict : Argument
        repairs : sequence of Repair
            What to give up, cheapest first.
        constraints : sequence of str
            Constraints any one of which could go.
        """
        if conflict.decisions:
            lines = [self.say("These do not go together:", "Ceci ne va pas ensemble :")]
        else:
            lines = [self.say("The model has no configuration:", "Le modèle n'a aucune configuration :")]
        lines += self.argument(conflict)
        ways = self.giving_up(repairs)
        if constraints:
            told = self.say("; ", " ; ").join(
                self._constraint(self._constraints[name]) for name in constraints[:_MOST_REASONS]
            )
            rest = len(constraints) - _MOST_REASONS
            if rest > 0:
                told += self.say(f" and {rest} others", f" et {rest} autres")
            one = self.say("leave out one of the constraints", "retirer l'une des contraintes")
            only = self.say("leave out the constraint", "retirer la contrainte")
            ways.append(f"{one if len(constraints) > 1 else only}{self.say(':', ' :')} {told}")
        if ways:
            lines.append(self.say("Ways out: ", "Issues : ") + self.say("; or ", " ; ou ").join(ways) + ".")
        return lines

    def giving_up(self, repairs: Sequence[Repair]) -> list[str]:
        """What to give up, single decisions together."""
        single = [repair.give_up[0] for repair in repairs if len(repair.give_up) == 1]
        ways = []
        if single:
            listed = self._decided(single, self.say("or", "ou"))
            ways.append(self.say(f"give up {listed}", f"renoncer {listed}"))
        for repair in repairs:
            if len(repair.give_up) > 1:
                listed = self._decided(repair.give_up, self.say("and", "et"))
                ways.append(self.say(f"give up {listed}", f"renoncer {listed}"))
        return ways

    def _decided(self, decisions: Sequence[Decision], last: str) -> str:
        """Decisions as what they are on: a feature, or its absence."""
        told = [
            self.say("", "à ")
            + (self.say("ruling out ", "exclure ") if not one.chosen else "")
            + self.name(one.feature)
            for one in decisions
        ]
        if len(told) > _MOST_NAMES + 1:
            rest = len(told) - _MOST_NAMES
            told = [*told[:_MOST_NAMES], self.say(f"{rest:,} others", f"{rest} autres")]
        *first, end = told
        return f"{', '.join(first)} {last} {end}" if first else end


def _pair(formula: Formula) -> tuple[tuple[str, bool], tuple[str, bool]] | None:
    """Two literals of which one must hold, as (feature, wanted), if the formula says no more; negative ones first."""
    match formula.kind:
        case "implies":
            left, right = _literal(formula.parts[0]), _literal(formula.parts[1])
            literals = [(left[0], not left[1]) if left else None, right]
        case "or" if len(formula.parts) == 2:
            literals = [_literal(part) for part in formula.parts]
        case "not" if formula.parts[0].kind == "and" and len(formula.parts[0].parts) == 2:
            inner = [_literal(part) for part in formula.parts[0].parts]
            literals = [(literal[0], not literal[1]) if literal else None for literal in inner]
        case _:
            return None
    one, other = literals
    if one is None or other is None:
        return None
    return (one, other) if not one[1] or other[1] else (other, one)


def _literal(formula: Formula) -> tuple[str, bool] | None:
    if formula.kind == "feature":
        return formula.feature, True
    if formula.kind == "not" and formula.parts[0].kind == "feature":
        return formula.parts[0].feature, False
    return None


def _has_empty_part(formula: Formula) -> bool:
    return (formula.kind in ("and", "or") and not formula.parts) or any(map(_has_empty_part, formula.parts))


def _levels(steps: Sequence[Step]) -> Iterable[list[Step]]:
    """The steps that say something, by their distance from the start; alike ones together, the last one alone."""
    distance: dict[Claim, int] = {}
    rows: dict[tuple[int, object], list[Step]] = {}
    for at, step in enumerate(steps):
        level = max((distance.get(claim, 0) for claim in step.premises), default=0)
        is_last = at == len(steps) - 1
        if not (is_structure(step) and not is_last):
            level += 1
            rows.setdefault((len(steps) + 1 if is_last else level, _kind(step, at, is_last)), []).append(step)
        if step.conclusion is not None:
            distance[step.conclusion] = level
    # Stable: within one distance in the order of the argument.
    return [row for _, row in sorted(rows.items(), key=lambda item: item[0][0])]


def _kind(step: Step, at: int, is_last: bool) -> object:
    """Steps of the same kind are told together."""
    if is_last or step.cases or step.rule is None or step.conclusion is None:
        return at
    return step.rule.kind, step.rule.group, step.conclusion.holds
