"""Evidence + reasoner -> findings: what matters here, where, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from fatesline.catalog import Catalog
from fatesline.checking.baseline import Key
from fatesline.checking.detectors import RULES, hard_coded_secret
from fatesline.checking.detectors.detector import Rule, Severity, Sighting
from fatesline.checking.fixes.fix import Fix
from fatesline.checking.ignores import UNUSED, WITHOUT_REASON, Ignore
from fatesline.checking.inventory import Progress, lines_at
from fatesline.checking.readers.reading import Problem
from fatesline.checking.recognise import Evidence, detected
from fatesline.checking.remembered import known_of
from fatesline.checking.requirement_rules import (
    CONTRADICTION,
    INCOMPATIBLE,
    MISSING,
    NOT_SHOWN,
    UNPARSABLE,
    UNREADABLE,
)
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.places import Place
from fatesline.reasoning import Argument, Conflict, Reasoner, Repair
from fatesline.solution import Solution, costs

_SECRET = hard_coded_secret.RULE.id
_IN_QUOTES = re.compile(r"\"[^\"]*\"|'[^']*'|[\"'].*")

_RULE_OF = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should change, or that a reviewer should know.

    Parameters
    ----------
    id, slug : str
        Of the rule; ``fates explain`` tells more under either.
    severity : {'error', 'warning', 'note'}
    places : tuple of Place
        Where to look first, then where else; empty for something that is nowhere.
    feature : str
        The feature that is missing or contradicted; empty for faults of wiring.
    argument : Argument or None
        Why it matters here; for a contradiction, the conflict.
    ways_out : tuple of str
        Features, any one of which would settle a missing one; the proposed one first.
    repairs : tuple of Repair
        For a contradiction: decisions to give up, cheapest first.
    parameters : mapping of str to str
        What a sentence about it needs.
    snippet : str
        The line of code at the first place, blanks evened out; of a secret only what stands around it.
    fixes : tuple of Fix
        How it can be mended, where :func:`fatesline.checking.mending.with_fixes` was asked and knows; at most one.
    """

    id: str
    slug: str
    severity: Severity
    places: tuple[Place, ...] = ()
    feature: str = ""
    argument: Argument | None = None
    ways_out: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)
    snippet: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def key(self) -> Key:
        """What it is known by in a baseline."""
        return Key(self.id, self.places[0].file if self.places else "", self.snippet, self.feature)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that does not count.

    Parameters
    ----------
    finding : Finding
    by : {'comment', 'baseline'}
        ``comment``: a comment in the code ignores it. ``baseline``: it was there before.
    reason : str
        What the comment says.
    """

    finding: Finding
    by: Literal["comment", "baseline"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check found.

    Parameters
    ----------
    files : tuple of str
        Read, relative to what was checked.
    problems : tuple of Problem
        What could not be read; each of them is a finding too.
    evidence : mapping of str to Evidence
        By feature, the weak kinds included.
    configuration : Configuration
        What the code shows, as decisions of origin ``detected`` with their places.
    findings : tuple of Finding
        Errors first, then by rule and place.
    additions : tuple of str
        The smallest set of mechanisms and documents that would complete what is required, in the order of the model;
        empty without a configuration.
    shown : tuple of str
        Required mechanisms and documents that are there.
    not_shown : tuple of str
        Listed features of the catalog that nothing shows, in its order.
    suppressed : tuple of Suppressed
        Findings that a comment ignores, or that the baseline knows; in the order of findings.
    solution : Solution, optional
        What the code was compared with.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    evidence: Mapping[str, Evidence]
    configuration: Configuration
    findings: tuple[Finding, ...]
    additions: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    not_shown: tuple[str, ...] = ()
    solution: Solution | None = None


def check(
    path: Path,
    catalog: Catalog,
    solution: Solution | None = None,
    *,
    baseline: Mapping[Key, int] = MappingProxyType({}),
    ignores: bool = True,
    progress: Progress | None = None,
    contents: Mapping[str, bytes] = MappingProxyType({}),
    cache: Path | None = None,
) -> Report:
    """Read a file or a project, and say what is there, what is missing, and what is wired wrongly.

    Parameters
    ----------
    path : Path
        Nothing in it is run or imported.
    catalog : Catalog
        Whose patterns are looked for.
    solution : Solution, optional
        The project's solved configuration: says what is required here. Without it nothing is.
    baseline : mapping of Key to int
        Findings that were there before, and how often.
    ignores : bool
        Whether comments in the code may ignore findings; a reviewer may want to see everything.
    progress : callable, optional
        Told (files read, files to read).
    contents : mapping of str to bytes
        Files that are read as if they held this, by path relative to what is checked.
    cache : Path, optional
        Folder of what earlier checks saw in the same files.

    Raises
    ------
    UserError
        If there is no such file or folder.
    """
    seen = known_of(path, catalog.entries, progress, contents=contents, cache=cache)
    evidence = dict(seen.evidence)
    configuration = detected(evidence)
    findings = [_from_problem(problem) for problem in seen.problems]
    findings += [_from_sighting(sighting) for sighting in seen.sightings]
    additions: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    if solution is not None:
        comparison = Comparison(catalog, solution, evidence, configuration)
        findings += comparison.contradictions
        findings += comparison.missing()
        additions = comparison.additions
        shown = tuple(name for name in solution.chosen if name in configuration and _can_be_shown(name, catalog))
    # What was decided is no finding, and a comment that says so as well is not unused.
    settled = _settled(catalog, solution) if solution is not None else frozenset()
    findings = _with_snippets((one for one in findings if one.id not in settled), path, contents)
    ignored, findings = _ignored(findings, seen.ignores) if ignores else ([], findings)
    findings += _about_ignores(seen.ignores, ignored, settled, honoured=ignores)
    known, findings = _known(sorted(findings, key=_rank), baseline)
    return Report(
        seen.files,
        seen.problems,
        evidence,
        configuration,
        tuple(findings),
        additions,
        shown,
        tuple(sorted((*ignored, *known), key=lambda one: _rank(one.finding))),
        tuple(name for name, entry in catalog.entries.items() if entry.listed and name not in evidence),
        solution,
    )


def _settled(catalog: Catalog, solution: Solution) -> frozenset[str]:
    """Rules whose finding is what the configuration decided."""
    chosen = (catalog.entries[name] for name in solution.chosen if name in catalog.entries)
    by_rule = {rule.id for rule in RULES if rule.settled_by_any_configuration}
    return frozenset(by_rule.union(*(entry.settles for entry in chosen)))


def _with_snippets(findings: Iterable[Finding], path: Path, contents: Mapping[str, bytes]) -> list[Finding]:
    findings = list(findings)
    places = {finding.places[0] for finding in findings if finding.places and finding.places[0].line}
    lines = lines_at(path, places, contents)
    return [
        replace(finding, snippet=_snippet(finding.id, lines.get(finding.places[0], ""))) if finding.places else finding
        for finding in findings
    ]


def _snippet(rule: str, line: str) -> str:
    """A line with its blanks evened out; of a line with a secret, nothing that stands in quotes."""
    code = " ".join(line.partition("# fates:")[0].split())
    return _IN_QUOTES.sub('"..."', code)[:200] if rule == _SECRET else code[:200]


def _ignored(findings: Iterable[Finding], ignores: Iterable[Ignore]) -> tuple[list[Suppressed], list[Finding]]:
    held: dict[tuple[str, int | None, int], list[Ignore]] = {}
    for one in ignores:
        if one.holds:
            held.setdefault((one.place.file, one.place.cell, one.line), []).append(one)
    ignored: list[Suppressed] = []
    rest: list[Finding] = []
    for finding in findings:
        place = finding.places[0] if finding.places else Place("")
        said = held.get((place.file, place.cell, place.line), ())
        by = next((one for one in said if one.covers(finding.id, place)), None)
        if by is None:
            rest.append(finding)
        else:
            ignored.append(Suppressed(finding, "comment", by.reason))
    return ignored, rest


def _about_ignores(
    ignores: Iterable[Ignore], ignored: Sequence[Suppressed], settled: Collection[str], *, honoured: bool
) -> Iterator[Finding]:
    """Comments without a reason, and those that ignore nothing."""
    for one in ignores:
        if not one.holds:
            yield Finding(WITHOUT_REASON.id, WITHOUT_REASON.slug, WITHOUT_REASON.severity, (one.place,))
        elif honoured:
            idle = [
                rule
                for rule in one.rules
                if rule not in settled
                and not any(it.finding.id == rule and one.covers(rule, it.finding.places[0]) for it in ignored)
            ]
            if idle:
                parameters = {"rules": ", ".join(idle)}
                yield Finding(UNUSED.id, UNUSED.slug, UNUSED.severity, (one.place,), parameters=parameters)


def _known(findings: Iterable[Finding], baseline: Mapping[Key, int]) -> tuple[list[Suppressed], list[Finding]]:
    left = dict(baseline)
    known: list[Suppressed] = []
    rest: list[Finding] = []
    for finding in findings:
        if left.get(finding.key, 0) > 0:
            left[finding.key] -= 1
            known.append(Suppressed(finding, "baseline"))
        else:
            rest.append(finding)
    return known, rest


def _rank(finding: Finding) -> tuple[object, ...]:
    place = finding.places[0] if finding.places else Place("")
    severity = ("error", "warning", "note").index(finding.severity)
    return (severity, finding.id, place.file, place.cell or 0, place.line, place.column, finding.feature)


def _from_problem(problem: Problem) -> Finding:
    rule = UNPARSABLE if problem.kind in ("syntax", "depth") else UNREADABLE
    parameters = {"kind": problem.kind, "detail": problem.detail}
    return Finding(rule.id, rule.slug, rule.severity, (problem.place,), parameters=parameters)


def _from_sighting(sighting: Sighting) -> Finding:
    rule: Rule = _RULE_OF[sighting.rule]
    places = (sighting.place, *sighting.related)
    return Finding(rule.id, rule.slug, rule.severity, places, parameters=sighting.parameters)


def _can_be_shown(feature: str, catalog: Catalog) -> bool:
    """Whether the checker can expect to see a feature in code: mechanisms, and documents that code writes."""
    entry = catalog.entries.get(feature)
    return (
        entry is not None
        and bool(entry.recognise)
        and (entry.kind == "mechanism" or (entry.kind == "document" and bool(entry.code)))
    )


class Comparison:
    """What the code shows against what the configuration says.

    Parameters
    ----------
    catalog : Catalog
    solution : Solution
    evidence : mapping of str to Evidence
    configuration : Configuration
        What was detected.

    Attributes
    ----------
    contradictions : tuple of Finding
    additions : tuple of str
        What has to be added, in the order of the model.
    """

    def __init__(
        self,
        catalog: Catalog,
        solution: Solution,
        evidence: Mapping[str, Evidence],
        configuration: Configuration,
    ) -> None:
        self._catalog = catalog
        self._reasoner: Reasoner = solution.reasoner
        self._waived = solution.waived
        self._evidence = evidence
        self._shown = configuration
        self._planned = frozenset(solution.chosen)
        self._said = decided = solution.decisions
        for decision in configuration:
            # What people said keeps its origin; where the code does the opposite, that is told apart below.
            if decision.feature not in decided:
                decided = decided.with_decision(decision)
        self._ruled_out = tuple(name for name in decided.ruled_out if name in configuration)
        found: list[Finding] = [*self._against_ruling_out()]
        self._decided = decided
        while True:
            conflict = self._reasoner.conflict(self._decided, without=self._waived)
            if conflict is None:
                break
            found += self._contradiction(conflict)
            # The conflict is minimal: without one of its decisions, what the code has elsewhere still counts.
            self._decided = self._decided.without(_detected_in(conflict)[-1])
        self.contradictions = tuple(found)
        completed = self._reasoner.completion(self._decided, costs=costs(catalog), without=self._waived)
        self.additions = tuple(name for name in catalog.model.ids if name in completed and self._is_needed(name))

    def _is_needed(self, feature: str) -> bool:
        if feature in self._shown or not _can_be_shown(feature, self._catalog):
            return False
        if feature not in self._planned:
            required = self._required(feature)[1]
            if not required or (required != feature and self._done_by_people(feature)):
                # Only preferences speak for it, and the project was solved without it.
                return False
        if not self._replaced_by(feature):
            return True
        # What was set aside above has a stand-in here; it is asked for only where people said so.
        return self._reasoner.why(self._said, feature, without=self._waived) is not None

    def _against_ruling_out(self) -> Iterator[Finding]:
        """Features that fates.yaml rules out and the code has."""
        for name in self._ruled_out:
            places = self._shown[name].places
            yield Finding(
                CONTRADICTION.id, CONTRADICTION.slug, "error", places, name, parameters={"decided": "ruled out"}
            )

    def _contradiction(self, conflict: Conflict) -> Iterator[Finding]:
        inferred = _detected_in(conflict)
        by_people = [one.feature for one in conflict.decisions if one.feature not in inferred]
        constraints = [rule.id for rule in conflict.rules if rule.kind == "constraint"]
        if not by_people and not constraints:
            # Two estimators in one project are compared with each other; only what was said makes it a contradiction.
            return
        rule = CONTRADICTION if by_people else INCOMPATIBLE
        places = tuple(place for name in inferred for place in self._shown[name].places[:3])
        yield Finding(
            rule.id,
            rule.slug,
            rule.severity if not by_people else self._severity(conflict),
            places,
            inferred[0],
            conflict,
            repairs=self._reasoner.repairs(self._decided, limit=3, without=self._waived),
        )

    def missing(self) -> tuple[Finding, ...]:
        """A finding for each addition."""
        return tuple(self._missing(name) for name in self.additions)

    def _missing(self, feature: str) -> Finding:
        argument, required = self._required(feature)
        weak = self._evidence.get(feature)
        group = self._alternatives(feature)
        replaced_by = self._replaced_by(feature)
        is_weak = weak is not None and (weak.strength == "imported" or weak.lacks is not None)
        rule = MISSING if replaced_by or is_weak else NOT_SHOWN
        places = weak.places[:5] if weak is not None else ()
        if replaced_by and not places:
            places = tuple(place for name in replaced_by for place in self._shown[name].places[:3])
        others = group if required not in ("", feature) else ()
        ways_out = (feature, *(name for name in others if self._fits(name)))
        parameters = {"required": required, "seen": weak.strength if weak is not None else ""}
        if weak is not None and weak.lacks is not None:
            parameters |= {"lacks_en": weak.lacks.en, "lacks_fr": weak.lacks.fr}
        if replaced_by:
            parameters["replaced_by"] = ", ".join(replaced_by)
        severity: Severity = self._severity(argument) if argument is not None else "note"
        return Finding(rule.id, rule.slug, severity, places, feature, argument, ways_out, parameters=parameters)

    def _required(self, feature: str) -> tuple[Argument | None, str]:
        """Why a feature is required, or the feature above it that needs this one or one of its siblings.

        Returns
        -------
        tuple
            The argument, and the feature that it concludes; None and an empty text when only preferences speak for it.
        """
        name: str | None = feature
        chosen = frozenset(self._decided.chosen)
        while name is not None:
            argument = self._reasoner.why(self._decided, name, without=self._waived)
            if argument is not None:
                return argument, name
            served = name
            name = self._catalog.model[served].parent
            group = next((one for one in self._catalog.model.groups if one.minimum and served in one.members), None)
            if group is None or any(other in chosen for other in group.members if other != served):
                break
        return None, ""

    def _alternatives(self, feature: str) -> tuple[str, ...]:
        parent = self._catalog.model[feature].parent
        if parent is None:
            return ()
        return tuple(child.id for child in self._catalog.model.children(parent) if child.id != feature)

    def _replaced_by(self, feature: str) -> list[str]:
        """What the code has instead, of alternatives that exclude each other."""
        for group in self._catalog.model.groups:
            if feature in group.members and group.maximum == 1:
                return [name for name in group.members if name in self._shown]
        return []

    def _done_by_people(self, feature: str) -> bool:
        """Whether the project was solved with a sibling that no code can show, and that serves as well."""
        return any(
            feature in group.members and name in group.members and not _can_be_shown(name, self._catalog)
            for group in self._catalog.model.groups
            for name in self._planned
        )

    def _fits(self, feature: str) -> bool:
        if not _can_be_shown(feature, self._catalog):
            return False
        return self._reasoner.is_consistent(self._decided.with_decision(Decision(feature)), without=self._waived)

    def _severity(self, argument: Argument) -> Severity:
        """An error where a law or the way programs work requires it, a warning where a method does."""
        levels = {
            self._catalog.constraints[rule.id].level
            for rule in argument.rules
            if rule.kind == "constraint" and rule.id in self._catalog.constraints
        }
        return "warning" if levels and levels <= {"method", "preference"} else "error"


def _detected_in(conflict: Conflict) -> tuple[str, ...]:
    return tuple(decision.feature for decision in conflict.decisions if decision.origin == "detected")
