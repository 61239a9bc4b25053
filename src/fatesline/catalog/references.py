"""Everything in a stack of catalogs that refers to something else: does it exist, and does it fit?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fatesline.catalog.catalog import CONTEXT_FACTS, split_citation
from fatesline.catalog.code import code_faults
from fatesline.catalog.entry import Entry, Parameter
from fatesline.catalog.positions import printable
from fatesline.catalog.read import Placed
from fatesline.catalog.stacking import Stack
from fatesline.errors import UserError, did_you_mean
from fatesline.model.places import Place


def reference_faults(stack: Stack, places: Mapping[str, Place], trusted: Path | None) -> Iterator[UserError]:
    """Faults of all references but those in formulas.

    Parameters
    ----------
    stack : Stack
    places : mapping of str to Place
        Of every feature.
    trusted : Path or None
        A folder whose components are not compared with their entries.

    Yields
    ------
    UserError
        In no order that matters.
    """
    for question in stack.questions.values():
        section = question.value.section
        if section not in stack.sections and not stack.is_excused(section):
            yield question.fault(unknown("section", section, stack.sections), "section")
        yield from _citation_faults(stack, question, question.value.sources)
    for entry in stack.entries.values():
        yield from _parent_faults(stack, entry, places)
        yield from _kind_faults(entry)
        for name, parameter in entry.value.parameters.items():
            for key, text in _parameter_faults(stack, parameter, places):
                yield entry.fault(text, "parameters", name, key)
        yield from _citation_faults(stack, entry, entry.value.sources)
        for at, pattern in enumerate(entry.value.recognise):
            named = pattern.feature
            if named is not None and named not in places.keys() | stack.hidden.keys() and not stack.is_excused(named):
                yield entry.fault(unknown("feature", named, places), "recognise", at, "feature")
        for at, required in enumerate(entry.value.requires):
            yield from _citation_faults(stack, entry, required.sources, "requires", at)
        yield from _target_faults(stack, entry)
        if entry.value.code and not (trusted and entry.folder and entry.folder.is_relative_to(trusted)):
            targets = {name: one.value for name, one in stack.targets.items()}
            yield from code_faults(entry, targets, entry.positioned.file.rpartition("/")[0])
    for constraint in stack.constraints.values():
        yield from _citation_faults(stack, constraint, constraint.value.sources)
    yield from _circles(stack)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """``there is no feature "x"; did you mean "y"?``."""
    return f'there is no {kind} "{printable(name)}"; {did_you_mean(name, known)}'.removesuffix("; ")


def _parent_faults(stack: Stack, entry: Placed[Entry], places: Mapping[str, Place]) -> Iterator[UserError]:
    parent = entry.value.parent
    if parent not in places:
        if not stack.is_excused(parent):
            yield entry.fault(unknown("feature", parent, places), "parent")
    elif parent not in stack.entries and parent not in (stack.root, CONTEXT_FACTS):
        text = f'"{parent}" belongs to the questions; facts about the context hang below "{CONTEXT_FACTS}"'
        yield entry.fault(text, "parent")


def _kind_faults(entry: Placed[Entry]) -> Iterator[UserError]:
    value = entry.value
    if value.kind == "derived":
        if value.parent != CONTEXT_FACTS:
            yield entry.fault(f'derived facts hang below "{CONTEXT_FACTS}"', "parent")
        if value.relation != "optional":
            yield entry.fault("a derived fact is optional: its definition decides it", "relation")
        if value.requires:
            yield entry.fault("a derived fact requires nothing; it holds as defined", "requires")
    elif value.definition is not None:
        yield entry.fault("only derived facts have a definition", "definition")
    for at, required in enumerate(value.requires):
        if required.overrides is not None:
            yield entry.fault(
                "what an entry requires changes with the entry; override that", "requires", at, "overrides"
            )


def _parameter_faults(stack: Stack, parameter: Parameter, places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Keys of a parameter, and what is wrong there."""
    if (parameter.type == "choice") != bool(parameter.choices):
        yield "choices", "choices belong to parameters of type choice, and each of them has some"
    chooser = parameter.chosen_by
    if chooser is not None and chooser not in places:
        if not stack.is_excused(chooser):
            yield "chosen_by", unknown("feature", chooser, places)
    elif chooser is not None and not any(
        entry.value.parent == chooser and entry.value.relation == "alternative" for entry in stack.entries.values()
    ):
        yield "chosen_by", f'"{chooser}" has no alternatives below it to choose from'
    value = parameter.default
    if value is None:
        return
    if not _fits(parameter, value):
        what = f"one of {', '.join(parameter.choices)}" if parameter.type == "choice" else f"of type {parameter.type}"
        yield "default", f"{printable(value)} is not {what}"
    elif isinstance(value, int | float):
        if parameter.minimum is not None and value < parameter.minimum:
            yield "default", f"{value} is less than the minimum {parameter.minimum:g}"
        if parameter.maximum is not None and value > parameter.maximum:
            yield "default", f"{value} is more than the maximum {parameter.maximum:g}"


def _fits(parameter: Parameter, value: object) -> bool:
    match parameter.type:
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "text" | "column":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "choice":
            return value in parameter.choices or not parameter.choices
        case "columns":
            return isinstance(value, tuple)


def _citation_faults(
    stack: Stack, owner: Placed[object], citations: tuple[str, ...], *path: str | int
) -> Iterator[UserError]:
    for at, citation in enumerate(citations):
        source_id, _ = split_citation(citation)
        if source_id not in stack.sources and not stack.is_excused(source_id):
            yield owner.fault(unknown("source", source_id, stack.sources), *path, "sources", at)


def _target_faults(stack: Stack, entry: Placed[Entry]) -> Iterator[UserError]:
    for target_id in entry.value.code:
        if target_id not in stack.targets and not stack.is_excused(target_id):
            yield entry.fault(unknown("target", target_id, stack.targets), "code", target_id)


def _circles(stack: Stack) -> Iterator[UserError]:
    settled: set[str] = set()
    for name in stack.entries:
        path: list[str] = []
        current = name
        while current in stack.entries and current not in settled:
            if current in path:
                circle = " > ".join([*path[path.index(current) :], current])
                yield stack.entries[current].fault(f"features are their own ancestors: {circle}", "parent")
                break
            path.append(current)
            current = stack.entries[current].value.parent
        settled.update(path)
