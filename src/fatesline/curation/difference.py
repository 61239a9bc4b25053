"""What a new version of a catalog changes: its entries, questions and constraints, and what follows for one project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from pydantic import BaseModel

from fatesline.catalog.catalog import Catalog, ConstraintEntry
from fatesline.catalog.project import Project, check_against
from fatesline.errors import UserErrors
from fatesline.reasoning import Argument
from fatesline.solution import Contradiction, Solution, solve

Part = Literal["question", "option", "entry", "constraint", "source"]

PARTS: tuple[Part, ...] = ("question", "option", "entry", "constraint", "source")

#: Where something is written, or whence it came, is no change of what it says.
_NOT_COMPARED = frozenset({"place", "overrides"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two catalogs.

    Parameters
    ----------
    part : {'question', 'option', 'entry', 'constraint', 'source'}
    id : str
        In the new catalog; in the old one, if it is removed.
    kind : {'added', 'removed', 'renamed', 'changed'}
        ``renamed``: the new one names its former id; it may have changed besides.
    keys : mapping of str to (object, object)
        What differs, old and new, as plain values; within a key as ``parameters.floor.default``.
    formerly : str
        The old id of what was renamed.
    """

    part: Part
    id: str
    kind: Literal["added", "removed", "renamed", "changed"]
    keys: Mapping[str, tuple[Any, Any]]
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One feature that stands otherwise for a project.

    Parameters
    ----------
    feature : str
        Id in the new catalog; in the old one where it is no longer required.
    argument : Argument
        Why it is required or impossible; of what is no longer required, why it was.
    """

    feature: str
    argument: Argument


@dataclass(frozen=True, slots=True)
class ProjectDifference:
    """What a new catalog changes for a project.

    Parameters
    ----------
    faults : tuple of str
        What the project says that the new catalog does not take; then nothing else is told.
    before, after : Solution or Contradiction or None
        With the old and the new catalog; ``after`` is None with faults.
    required, no_longer_required, impossible : tuple of Effect
        Entries that must hold now and did not have to, the other way round, and those that were possible and are not.
    """

    faults: tuple[str, ...]
    before: Solution | Contradiction
    after: Solution | Contradiction | None
    required: tuple[Effect, ...] = ()
    no_longer_required: tuple[Effect, ...] = ()
    impossible: tuple[Effect, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """True if the project cannot be completed with the new catalog."""
        return not isinstance(self.after, Solution)


def changes(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """What differs between two catalogs, questions first, each part in the order of the new catalog.

    Parameters
    ----------
    old, new : Catalog
    """
    found: list[Change] = []
    for part in PARTS:
        before, after = _contents(old, part), _contents(new, part)
        today = {name: new.current_id(name) if part in ("option", "entry") else name for name in before}
        former = {now: name for name, now in today.items() if now != name and now not in before}
        for name, value in after.items():
            earlier = former.get(name, name)
            if earlier not in before:
                found.append(Change(part, name, "added", {}))
                continue
            keys = _differing(before[earlier], value)
            if earlier != name:
                keys = {key: pair for key, pair in keys.items() if key not in ("id", "formerly")}
                found.append(Change(part, name, "renamed", keys, earlier))
            elif keys:
                found.append(Change(part, name, "changed", keys))
        found += [
            Change(part, name, "removed", {})
            for name in before
            if name not in after and former.get(today[name]) != name
        ]
    return tuple(found)


def project_difference(project: Project, old: Catalog, new: Catalog) -> ProjectDifference:
    """What a new catalog changes for a project; questions nobody answered are read protectively with each.

    Parameters
    ----------
    project : Project
        One that the old catalog takes.
    old, new : Catalog

    Raises
    ------
    UserErrors
        If the project does not fit the old catalog.
    """
    check_against(project, old)
    before = solve(project, old)
    try:
        check_against(project, new)
    except UserErrors as errors:
        return ProjectDifference(tuple(str(fault) for fault in errors.faults), before, None)
    after = solve(project, new)
    if isinstance(before, Contradiction) or isinstance(after, Contradiction):
        return ProjectDifference((), before, after)
    today = {name: new.current_id(name) for name in old.model.ids}
    was_required = {today[name] for name in before.forced.chosen}
    was_impossible = {today[name] for name in before.forced.ruled_out}
    was_there = {today[name] for name in old.model.ids}
    is_required = after.forced.chosen
    return ProjectDifference(
        (),
        before,
        after,
        required=_effects(after, (name for name in new.entries if name in is_required - was_required)),
        no_longer_required=_effects(
            before, (name for name in old.entries if name in before.forced.chosen and today[name] not in is_required)
        ),
        impossible=_effects(
            after,
            (name for name in new.entries if name in (after.forced.ruled_out & was_there) - was_impossible),
            holds=False,
        ),
    )


def _effects(found: Solution, names: Iterable[str], *, holds: bool = True) -> tuple[Effect, ...]:
    effects = []
    for name in names:
        argument = found.argument(name, holds=holds)
        assert argument is not None, "what is settled has an argument"
        effects.append(Effect(name, argument))
    return tuple(effects)


def _contents(catalog: Catalog, part: Part) -> dict[str, dict[str, Any]]:
    """Everything of one part by id, as plain values."""
    match part:
        case "question":
            # Options are told on their own.
            return {one.id: _plain(one, "options") for one in catalog.questions}
        case "option":
            return {
                name: {**_plain(option), "question": question.id}
                for name, (question, option) in catalog.options.items()
            }
        case "entry":
            # What an entry requires is among the constraints.
            return {name: _plain(entry, "requires") for name, entry in catalog.entries.items()}
        case "constraint":
            return {
                name: _plain(one) for name, one in catalog.constraints.items() if one.origin in ("written", "required")
            }
        case "source":
            return {name: _plain(source) for name, source in catalog.sources.items()}


def _differing(old: Mapping[str, Any], new: Mapping[str, Any], above: str = "") -> dict[str, tuple[Any, Any]]:
    """What differs between two mappings, within mappings too; a text in two languages is one value."""
    found: dict[str, tuple[Any, Any]] = {}
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if isinstance(before, dict) and isinstance(after, dict) and set(before) | set(after) != {"en", "fr"}:
            found |= _differing(before, after, f"{above}{key}.")
        elif before != after:
            found[f"{above}{key}"] = (before, after)
    return found


def _plain(value: BaseModel | ConstraintEntry, *left_out: str) -> dict[str, Any]:
    unread = _NOT_COMPARED | {*left_out}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude=set(unread))
    plain = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in unread}
    plain["formula"] = str(value.formula)
    plain["because"] = value.because.model_dump()
    plain["applies_from"] = value.applies_from.isoformat() if value.applies_from is not None else None
    plain["sources"] = list(value.sources)
    return plain
