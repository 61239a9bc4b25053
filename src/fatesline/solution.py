"""Project + catalog -> the completed configuration, or the contradiction: what every command starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatesline.catalog import Catalog
from fatesline.catalog.project import Project, configuration
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import Argument, Conflict, Consequences, Reasoner, Repair


@dataclass(frozen=True, slots=True)
class Solution:
    """A configuration that satisfies everything, with what is needed to say why.

    Parameters
    ----------
    decisions : Configuration
        What was answered or decided, and the protective readings of open questions.
    assumed : tuple of str
        Ids of the questions that nobody answered and that were read protectively here.
    forced : Consequences
        What the decisions leave no choice about.
    chosen : tuple of str
        Every feature of the completed configuration, in the order of the model.
    waived : tuple of str
        Ids of the constraints set aside.
    """

    project: Project
    catalog: Catalog
    reasoner: Reasoner
    decisions: Configuration
    assumed: tuple[str, ...]
    forced: Consequences
    chosen: tuple[str, ...]
    waived: tuple[str, ...]

    def argument(self, feature: str, *, holds: bool = True) -> Argument | None:
        """Why the feature holds (or not) in every configuration with these decisions; None if it need not.

        What no decision changes is argued without decisions, even where one would also do.
        """
        always = self.reasoner.why(Configuration(), feature, holds=holds, without=self.waived)
        return always or self.reasoner.why(self.decisions, feature, holds=holds, without=self.waived)

    def why(self, feature: str) -> Why:
        """Whether the feature must hold, cannot hold, or may go either way, with the argument.

        Parameters
        ----------
        feature : str
            Id of a feature of the model.
        """
        holds = True if feature in self.forced.chosen else False if feature in self.forced.ruled_out else None
        argument = None if holds is None else self.argument(feature, holds=holds)
        return Why(self, feature, holds, argument, feature in self.chosen)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a feature holds, cannot hold, or may go either way.

    Parameters
    ----------
    solution : Solution
    feature : str
    holds : bool or None
        None: the decisions leave it open.
    argument : Argument or None
        None where it is open.
    chosen : bool
        Whether the completed configuration has it.
    """

    solution: Solution
    feature: str
    holds: bool | None
    argument: Argument | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Decisions that no configuration satisfies."""

    project: Project
    catalog: Catalog
    conflict: Conflict
    repairs: tuple[Repair, ...]


def solve(project: Project, catalog: Catalog, *, reasoner: Reasoner | None = None) -> Solution | Contradiction:
    """Complete the project's decisions to a whole configuration.

    Parameters
    ----------
    project : Project
        As read from ``fates.yaml`` and checked against the catalog.
    catalog : Catalog
    reasoner : Reasoner, optional
        Of the catalog's model; made here when absent.
    """
    reasoner = reasoner or Reasoner(catalog.model)
    waived = tuple(waiver.constraint for waiver in project.waivers)
    decided = configuration(project, catalog)
    conflict = reasoner.conflict(decided, without=waived)
    if conflict is not None:
        return Contradiction(project, catalog, conflict, reasoner.repairs(decided, without=waived))
    decided, assumed = _protective(decided, catalog, reasoner, waived)
    completed = reasoner.completion(decided, costs=costs(catalog), without=waived)
    chosen = tuple(name for name in catalog.model.ids if name in completed)
    forced = reasoner.consequences(decided, without=waived)
    return Solution(project, catalog, reasoner, decided, assumed, forced, chosen, waived)


def costs(catalog: Catalog) -> Mapping[str, int]:
    """Effort of choosing each feature, without unit; what only describes the project costs nothing."""
    return {name: catalog.entries[name].cost if name in catalog.entries else 0 for name in catalog.model.ids}


def _protective(
    decided: Configuration, catalog: Catalog, reasoner: Reasoner, waived: tuple[str, ...]
) -> tuple[Configuration, tuple[str, ...]]:
    """Read the questions that are asked here and that nobody answered as "I don't know"."""
    assumed = []
    for question in catalog.questions:
        options = [option.id for option in question.options]
        if any(option in decided for option in options):
            continue
        settled = reasoner.consequences(decided, without=waived)
        if question.id not in settled.chosen or not settled.open(tuple(options)):
            continue
        for option in options:
            if option in settled.open((option,)):
                wanted = Decision(option, option in question.protective, "default")
                if not reasoner.is_consistent(decided.with_decision(wanted), without=waived):
                    wanted = Decision(option, not wanted.chosen, "default")
                decided = decided.with_decision(wanted)
        assumed.append(question.id)
    return decided, tuple(assumed)
