"""Project + catalog -> the completed configuration, or the contradiction: what every command starts from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fatesline.catalog import Catalog
from fatesline.catalog.project import Project, configuration
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import Argument, Bearing, Conflict, Consequences, Reasoner, Repair


@dataclass(frozen=True, slots=True)
class Coming:
    """A law that will bind these decisions, but not yet on the day asked for.

    Parameters
    ----------
    constraint : str
        Its id.
    applies_from : date
        The day on which it begins to apply.
    requires, excludes : tuple of str
        Features that must hold, or cannot hold, from that day on and not before; in the order of the model.
    clashes : bool
        True: with the other laws of that day, it contradicts the decisions.
    """

    constraint: str
    applies_from: datetime.date
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    clashes: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """A configuration that satisfies everything, with what is needed to say why.

    Parameters
    ----------
    decisions : Configuration
        What was answered or decided, and the protective readings of open questions.
    assumed : tuple of str
        Ids of the questions that nobody answered and that were read protectively here; those of which no answer would
        change anything are not among them.
    forced : Consequences
        What the decisions leave no choice about.
    chosen : tuple of str
        Every feature of the completed configuration, in the order of the model.
    waived : tuple of str
        Ids of the constraints set aside.
    pending : tuple of str
        Ids of the laws that do not apply yet on the day asked for; none if no day was.
    coming : tuple of Coming
        Those of them that change something here, by date.
    """

    project: Project
    catalog: Catalog
    reasoner: Reasoner
    decisions: Configuration
    assumed: tuple[str, ...]
    forced: Consequences
    chosen: tuple[str, ...]
    waived: tuple[str, ...]
    pending: tuple[str, ...] = ()
    coming: tuple[Coming, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the constraints that do not count here: waived, or not yet in force."""
        return self.waived + self.pending

    def required_from(self) -> Mapping[str, datetime.date]:
        """The day from which the law makes each feature required; features required without a dated law are left out.

        A feature that several laws ask for is required from the first of their days.
        """
        found: dict[str, datetime.date] = {}
        before: frozenset[str] | None = None
        for day, settled in _over_time(self.decisions, self.catalog, self.reasoner, self.left_out):
            assert settled is not None, "fewer laws cannot contradict what all of them allow"
            if before is not None and day is not None:
                found |= dict.fromkeys(settled.chosen - before, day)
            before = settled.chosen
        return found

    def argument(self, feature: str, *, holds: bool = True) -> Argument | None:
        """Why the feature holds (or not) in every configuration with these decisions; None if it need not.

        What no decision changes is argued without decisions, even where one would also do.
        """
        always = self.reasoner.why(Configuration(), feature, holds=holds, without=self.left_out)
        return always or self.reasoner.why(self.decisions, feature, holds=holds, without=self.left_out)

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


def solve(
    project: Project, catalog: Catalog, *, on: datetime.date | None = None, reasoner: Reasoner | None = None
) -> Solution | Contradiction:
    """Complete the project's decisions to a whole configuration.

    Parameters
    ----------
    project : Project
        As read from ``fates.yaml`` and checked against the catalog.
    catalog : Catalog
    on : date, optional
        The day to answer for: a law that applies from a later day does not bind, and is told as coming. Left out,
        every law binds whatever its date, since a project started today will live on.
    reasoner : Reasoner, optional
        Of the catalog's model; made here when absent.
    """
    reasoner = reasoner or Reasoner(catalog.model)
    waived = tuple(waiver.constraint for waiver in project.waivers)
    pending = _later_than(on, catalog, waived)
    without = waived + pending
    decided = configuration(project, catalog)
    conflict = reasoner.conflict(decided, without=without)
    if conflict is not None:
        return Contradiction(project, catalog, conflict, reasoner.repairs(decided, without=without))
    decided, assumed = _protective(decided, catalog, reasoner, without)
    completed = reasoner.completion(decided, costs=costs(catalog), without=without)
    chosen = tuple(name for name in catalog.model.ids if name in completed)
    forced = reasoner.consequences(decided, without=without)
    coming = tuple(_coming(decided, catalog, reasoner, waived, on)) if on is not None and pending else ()
    return Solution(project, catalog, reasoner, decided, assumed, forced, chosen, waived, pending, coming)


def _later_than(day: datetime.date | None, catalog: Catalog, waived: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the constraints that apply from a later day only; none without a day."""
    return tuple(
        name
        for name, constraint in catalog.constraints.items()
        if day is not None and constraint.applies_from is not None and constraint.applies_from > day
        if name not in waived
    )


def _over_time(
    decided: Configuration,
    catalog: Catalog,
    reasoner: Reasoner,
    without: tuple[str, ...],
    *,
    since: datetime.date | None = None,
) -> Iterator[tuple[datetime.date | None, Consequences | None]]:
    """What is settled before any dated law (or on a day), then from each later day on which a law begins to apply.

    None stands for decisions that contradict each other; the last one given.
    """
    dated = {
        constraint.applies_from
        for name, constraint in catalog.constraints.items()
        if constraint.applies_from is not None and name not in without
    }
    first = since if since is not None else datetime.date.min
    for day in [first, *sorted(one for one in dated if one is not None and one > first)]:
        left_out = without + _later_than(day, catalog, without)
        if not reasoner.is_consistent(decided, without=left_out):
            yield day, None
            return
        yield (None if day == datetime.date.min else day), reasoner.consequences(decided, without=left_out)


def _coming(
    decided: Configuration, catalog: Catalog, reasoner: Reasoner, waived: tuple[str, ...], on: datetime.date
) -> Iterator[Coming]:
    """The laws that begin to bind after a day, each with what rests on it."""
    before: Consequences | None = None
    for day, settled in _over_time(decided, catalog, reasoner, waived, since=on):
        if before is None or day is None:
            before = settled
            continue
        left_out = waived + _later_than(day, catalog, waived)
        new = [name for name, constraint in catalog.constraints.items() if constraint.applies_from == day]
        if settled is None:
            conflict = reasoner.conflict(decided, without=left_out)
            assert conflict is not None
            clashing = {rule.id for rule in conflict.rules if rule.kind == "constraint"}
            yield from (Coming(name, day, clashes=True) for name in new if name in clashing)
            return
        asked: dict[str, dict[bool, list[str]]] = {}
        for name in catalog.model.ids:
            holds = name in settled.chosen - before.chosen
            if not holds and name not in settled.ruled_out - before.ruled_out:
                continue
            argument = reasoner.why(decided, name, holds=holds, without=left_out)
            assert argument is not None, "what is settled has an argument"
            # Without a new law it would have been settled before; the one nearest to the conclusion is named.
            used = {rule.id: None for rule in argument.rules if rule.kind == "constraint" and rule.id in new}
            steps = [step.rule.id for step in argument.steps if step.rule is not None and step.rule.id in used]
            asked.setdefault((steps or list(used))[-1], {}).setdefault(holds, []).append(name)
        for name in new:
            if name in asked:
                requires, excludes = (tuple(asked[name].get(holds, ())) for holds in (True, False))
                yield Coming(name, day, requires, excludes)
        before = settled


def costs(catalog: Catalog) -> Mapping[str, int]:
    """Effort of choosing each feature, without unit; what only describes the project costs nothing."""
    return {name: catalog.entries[name].cost if name in catalog.entries else 0 for name in catalog.model.ids}


def _protective(
    decided: Configuration, catalog: Catalog, reasoner: Reasoner, waived: tuple[str, ...]
) -> tuple[Configuration, tuple[str, ...]]:
    """Read the questions that are asked here and that nobody answered as "I don't know"."""
    assumed = []
    bearing = Bearing(catalog.model)
    for question in catalog.questions:
        options = [option.id for option in question.options]
        if any(option in decided for option in options):
            continue
        settled = reasoner.consequences(decided, without=waived)
        if question.id not in settled.chosen or not settled.open(tuple(options)):
            continue
        if bearing.through(options, settled, without=waived):
            assumed.append(question.id)
        for option in options:
            if option in settled.open((option,)):
                wanted = Decision(option, option in question.protective, "default")
                if not reasoner.is_consistent(decided.with_decision(wanted), without=waived):
                    wanted = Decision(option, not wanted.chosen, "default")
                decided = decided.with_decision(wanted)
    return decided, tuple(assumed)
