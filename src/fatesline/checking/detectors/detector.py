"""What a detector is: a rule with its documentation, and functions that see the fault in calls that were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fatesline.catalog.entry import Text
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Module, Record, Seen
from fatesline.checking.flow.values import Call, Mark
from fatesline.model.places import Place

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding with this id means; enough to explain it offline.

    Parameters
    ----------
    id : str
        A letter and three digits; never changes, never used again for something else.
    slug : str
        Kebab-case; names the fault.
    severity : {'error', 'warning', 'note'}
        ``error``: the program fails, or the figures it gives mean something else than they say.
    title, what, why : Text
        The fault in a few words; what is looked for; why it matters.
    bad, good : str
        The fault and its cure, as short as can be.
    example_file : str
        What a file with these examples is called.
    sources : tuple of str
        Title and address of the texts that say so.
    settled_by_any_configuration : bool
        Where there is a ``fates.yaml``, what the rule looks for was decided there. What single choices settle, their
        entries say (``settles``).
    """

    id: str
    slug: str
    severity: Severity
    title: Text
    what: Text
    why: Text
    bad: str = ""
    good: str = ""
    example_file: str = "code.py"
    sources: tuple[str, ...] = ()
    settled_by_any_configuration: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """One fault that a detector saw.

    Parameters
    ----------
    rule : str
        Rule id.
    place : Place
        Where to look first.
    related : tuple of Place
        Other places that make it a fault, such as the split that came later.
    parameters : mapping of str to str
        What a sentence about it needs.
    """

    rule: str
    place: Place
    related: tuple[Place, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)


def marks_nothing(call: Call) -> Iterable[Mark]:
    """For detectors that do not follow rows."""
    return ()


def nothing_in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """For detectors that look at the whole project."""
    return ()


def nothing_in_module(module: Module, text: str) -> Iterable[Sighting]:
    """For detectors that look at calls."""
    return ()


def nothing_in_project(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """For detectors that look at one scope at a time."""
    return ()


def never(live: Iterable[Record]) -> bool:
    """For detectors whose sightings stand whatever else is in the project."""
    return False


def nothing_in_file(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """For detectors that look at code."""
    return ()


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule and the functions that find it.

    Parameters
    ----------
    rule : Rule
    marks : callable
        A call -> marks that its result carries from then on.
    in_scope : callable
        The calls of one scope, in reading order -> sightings. Asked once per scope that can be reached.
    in_project : callable
        The project and the records that can be reached -> sightings.
    in_module : callable
        A file and its text -> sightings, whether or not its code can be reached; asked for every file that holds no
        tests. It should look at the text first: walking every tree would take longer than all the rest.
    withdrawn : callable
        Records that can be reached -> whether what ``in_module`` saw is no fault after all. Asked only where it saw
        something.
    in_file : callable
        What stands in one file beside its code (commands, images, packages, steps of a workflow) -> sightings.
    roots : tuple of str
        Top-level names of the libraries whose calls it wants to see.
    """

    rule: Rule
    marks: Callable[[Call], Iterable[Mark]] = marks_nothing
    in_scope: Callable[[Sequence[Call]], Iterable[Sighting]] = nothing_in_scope
    in_project: Callable[[Project, frozenset[Record]], Iterable[Sighting]] = nothing_in_project
    in_module: Callable[[Module, str], Iterable[Sighting]] = nothing_in_module
    withdrawn: Callable[[Iterable[Record]], bool] = never
    in_file: Callable[[Sequence[Seen]], Iterable[Sighting]] = nothing_in_file
    roots: tuple[str, ...] = ()
