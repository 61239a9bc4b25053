"""``fates.yaml``, the document of record of one project: reading, writing, and what it decides."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from fatesline.catalog.catalog import Catalog
from fatesline.catalog.entry import Parameter, Question
from fatesline.catalog.positions import DataPath, Positioned, parse_yaml, printable, read_yaml, shaped
from fatesline.catalog.project_shape import (
    About,
    Answer,
    CatalogUsed,
    Choice,
    Data,
    GroupOf,
    ParameterValue,
    Project,
    Protected,
    TimeColumn,
    Waiver,
    WrittenOrigin,
)
from fatesline.catalog.yaml_text import block_lines, entry_lines
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.configuration import Configuration, Decision

__all__ = [
    "About",
    "Answer",
    "CatalogUsed",
    "Choice",
    "Data",
    "GroupOf",
    "ParameterValue",
    "Project",
    "Protected",
    "TimeColumn",
    "Waiver",
    "WrittenOrigin",
    "check_against",
    "configuration",
    "decisions_of",
    "parse_project",
    "read_project",
    "write_project",
]

HEADER = """\
# Decisions of this project, with who took them: asked, measured, policy, or default (the protective reading of
# "I don't know"). What follows from them is worked out on every reading. Edit it freely; it is checked when read."""


def read_project(path: Path) -> Project:
    """Read ``fates.yaml``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Project
        Remembers its lines, for `check_against`.

    Raises
    ------
    UserErrors
        Every fault of shape at once, or every contradiction within it at once, each with its line.
    """
    return _read(read_yaml(path))


def parse_project(text: str, file: str) -> Project:
    """The same from the text of a file; ``file`` is its name in faults."""
    return _read(parse_yaml(text, file))


def _read(positioned: Positioned) -> Project:
    project = shaped(Project, positioned)
    project._read_from = positioned
    found = [*_faults_of_data(project)]
    if found:
        raise UserErrors(found)
    return project


def _faults_of_data(project: Project) -> Iterator[UserError]:
    data = project.data
    if data is None:
        return
    inputs = dict.fromkeys((*data.numeric, *data.categorical))

    def unless_input(column: str, path: DataPath, known: Mapping[str, object] = inputs) -> Iterator[UserError]:
        if column not in known:
            hint = did_you_mean(column, known)
            yield project.fault(f'"{printable(column)}" is no column that the model reads', path, way_on=hint)

    for number, column in enumerate(data.categorical):
        if column in data.numeric:
            yield project.fault(f'"{printable(column)}" is numeric and categorical', ("data", "categorical", number))
    for outside, column in _columns_outside(data):
        if column in inputs:
            yield project.fault(f'"{printable(column)}" cannot be an input as well', outside)
    for column in data.levels:
        yield from unless_input(column, ("data", "levels", column), dict.fromkeys(data.categorical))
    for column, (low, high) in data.ranges.items():
        yield from unless_input(column, ("data", "ranges", column), dict.fromkeys(data.numeric))
        if low > high:
            yield project.fault("the first number is the lowest, the second the highest", ("data", "ranges", column))
    for number, column in enumerate(data.quasi_identifiers):
        yield from unless_input(column, ("data", "quasi_identifiers", number))
    attributes: set[str] = set()
    for number, protected in enumerate(data.protected):
        path: DataPath = ("data", "protected", number)
        yield from unless_input(protected.column, (*path, "column"))
        if protected.attribute in attributes:
            yield project.fault(f'the attribute "{printable(protected.attribute)}" is there twice', path)
        attributes.add(protected.attribute)
        for what, at in _faults_of_groups(protected, protected.column in data.numeric):
            yield project.fault(what, (*path, *at))
    yield from _faults_of_time(project, data)


def _columns_outside(data: Data) -> Iterator[tuple[DataPath, str]]:
    yield ("data", "target"), data.target
    if data.person is not None:
        yield ("data", "person"), data.person
    for column in data.dropped:
        yield ("data", "dropped", column), column


def _faults_of_time(project: Project, data: Data) -> Iterator[UserError]:
    if data.time is None:
        return
    column, at = data.time.column, ("data", "time", "column")
    known = (*data.numeric, *data.categorical, *data.dates, *data.dropped)
    if column in (data.target, data.person):
        what = "the target" if column == data.target else "the person"
        yield project.fault(f'"{printable(column)}" is {what} and cannot say when a row came about', at)
    elif column not in known:
        way_on = did_you_mean(column, known) or "A column that only orders the rows is listed under dropped as well."
        yield project.fault(
            f'"{printable(column)}" is neither a number, a category or a date that the model reads, nor left out',
            at,
            way_on=way_on,
        )
    elif data.time.format is not None and column in (*data.numeric, *data.dates):
        why = "it is a number" if column in data.numeric else "it stands under dates"
        yield project.fault(f'"{printable(column)}" needs no format, {why}', ("data", "time", "format"))


def _faults_of_groups(protected: Protected, numeric: bool) -> Iterator[tuple[str, DataPath]]:
    if len(protected.groups) + (protected.other is not None) < 2:
        yield "at least two groups are needed to compare; add a group, or name the others with other", ("groups",)
    if protected.other in protected.groups:
        yield f'other has the name of the group "{printable(protected.other)}"', ("other",)
    owner: dict[str, str] = {}
    bounded: list[tuple[float, float, str]] = []
    for label, group in protected.groups.items():
        at: DataPath = ("groups", label)
        for value in group.values:
            if value in owner:
                yield f'the value "{printable(value)}" is in the group "{printable(owner[value])}" already', at
            owner[value] = label
        if not group.values:
            if not numeric:
                yield "from and below need a numeric column; list the values instead", at
            bounded.append((_or_infinite(group.low, -1), _or_infinite(group.below, 1), label))
    bounded.sort()
    for (_, end, label), (start, _, later) in itertools.pairwise(bounded):
        if start < end:
            yield f'overlaps the group "{printable(label)}"', ("groups", later)


def _or_infinite(bound: float | None, sign: int) -> float:
    return sign * math.inf if bound is None else bound


def check_against(project: Project, catalog: Catalog, *, on: datetime.date | None = None) -> None:
    """Make sure that a project speaks of what the catalog has.

    Parameters
    ----------
    project : Project
    catalog : Catalog
    on : date, optional
        The day for which waivers must still be valid; not asked when left out.

    Raises
    ------
    UserErrors
        Every fault at once, with the line where the project was read from a file: unknown questions, options,
        features, parameters and constraints with the nearest known one, more or fewer options than a question
        takes, parameters out of range, waivers of what cannot be waived or that have run out.
    """
    found = [
        *_faults_of_answers(project, catalog),
        *_faults_of_choices(project, catalog),
        *_faults_of_parameters(project, catalog),
        *_faults_of_waivers(project, catalog, on),
    ]
    if found:
        raise UserErrors(found)


def configuration(project: Project, catalog: Catalog) -> Configuration:
    """The decisions that answers and choices stand for.

    Parameters
    ----------
    project : Project
        One that passes `check_against`.
    catalog : Catalog

    Returns
    -------
    Configuration
        Every option of an answered question is decided, with the origin of the answer; questions without an answer
        stay open. A choice comes after the answers and replaces what they say of its feature.
    """
    decisions: list[Decision] = []
    for question_id, answer in project.answers.items():
        chosen = {catalog.current_id(option) for option in answer.chosen}
        decisions += decisions_of(catalog.question(question_id), chosen, answer.origin, answer.note)
    for feature, choice in project.choices.items():
        decisions.append(Decision(catalog.current_id(feature), choice.chosen, choice.origin, note=choice.note))
    return Configuration.of(decisions)


def decisions_of(
    question: Question, chosen: Collection[str], origin: WrittenOrigin = "asked", note: str = ""
) -> tuple[Decision, ...]:
    """What an answer decides: the chosen options hold, the others of the question do not."""
    return tuple(Decision(option.id, option.id in chosen, origin, note=note) for option in question.options)


def _faults_of_answers(project: Project, catalog: Catalog) -> Iterator[UserError]:
    questions = {question.id: question for question in catalog.questions}
    for question_id, answer in project.answers.items():
        question = questions.get(question_id)
        if question is None:
            hint = did_you_mean(question_id, questions)
            yield project.fault("there is no such question", ("answers", question_id), way_on=hint)
            continue
        path: DataPath = ("answers", question_id, "chosen")
        options = [option.id for option in question.options]
        for number, option in enumerate(answer.chosen):
            if catalog.current_id(option) not in options:
                hint = did_you_mean(option, options) or f"Its options: {', '.join(options)}."
                yield project.fault(f'"{option}" is no option of this question', (*path, number), way_on=hint)
        if len(set(answer.chosen)) != len(answer.chosen):
            yield project.fault("an option is chosen twice", path)
        if question.type == "single" and len(answer.chosen) != 1:
            yield project.fault(f"this question takes exactly one option, not {len(answer.chosen)}", path)


def _faults_of_choices(project: Project, catalog: Catalog) -> Iterator[UserError]:
    for feature in project.choices:
        path: DataPath = ("choices", feature)
        current = catalog.current_id(feature)
        if current in catalog.options:
            question = catalog.options[current][0].id
            yield project.fault(f"this is an option of a question; write it under answers: {question}", path)
        elif current not in catalog.entries:
            yield project.fault("there is no such feature", path, way_on=did_you_mean(feature, catalog.entries))


def _faults_of_parameters(project: Project, catalog: Catalog) -> Iterator[UserError]:
    for feature, given in project.parameters.items():
        entry = catalog.entries.get(catalog.current_id(feature))
        if entry is None:
            hint = did_you_mean(feature, catalog.entries)
            yield project.fault("there is no such feature", ("parameters", feature), way_on=hint)
            continue
        for name, value in given.items():
            path: DataPath = ("parameters", feature, name)
            if name not in entry.parameters:
                known = did_you_mean(name, entry.parameters) or f"Its parameters: {', '.join(entry.parameters)}."
                hint = known if entry.parameters else "It has none."
                yield project.fault("there is no such parameter", path, way_on=hint)
                continue
            fault = _fault_of_value(entry.parameters[name], value, project.data)
            if fault:
                yield project.fault(fault, path)


def _fault_of_value(parameter: Parameter, value: ParameterValue, data: Data | None) -> str:
    """What is wrong with the value of a parameter; empty if nothing is."""
    if parameter.chosen_by is not None:
        return f"follows from what is chosen under {parameter.chosen_by}; leave it out"
    if value is None:
        return "" if parameter.default is None else "must have a value"
    match parameter.type:
        case "number" | "integer":
            whole = parameter.type == "integer"
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                return "must be a whole number" if whole else "must be a number"
            if parameter.minimum is not None and value < parameter.minimum:
                return f"must be at least {_shortest(parameter.minimum)}"
            if parameter.maximum is not None and value > parameter.maximum:
                return f"must be at most {_shortest(parameter.maximum)}"
        case "boolean":
            return "" if isinstance(value, bool) else "must be true or false"
        case "choice":
            if value not in parameter.choices:
                return f"must be one of {', '.join(parameter.choices)}"
        case "columns":
            if not isinstance(value, tuple):
                return "must be a list of columns"
            absent = [
                column for column in value if data is not None and column not in (*data.numeric, *data.categorical)
            ]
            return f'"{printable(absent[0])}" is no column that the model reads' if absent else ""
        case "column":
            if not isinstance(value, str):
                return "must be a column"
            if data is not None and value not in (*data.numeric, *data.categorical):
                return f'"{printable(value)}" is no column that the model reads'
        case "text":
            return "" if isinstance(value, str) else "must be a text"
    return ""


def _faults_of_waivers(project: Project, catalog: Catalog, on: datetime.date | None) -> Iterator[UserError]:
    for number, waiver in enumerate(project.waivers):
        path: DataPath = ("waivers", number)
        constraint = catalog.constraints.get(waiver.constraint)
        if constraint is None:
            hint = did_you_mean(waiver.constraint, catalog.constraints)
            yield project.fault(f'there is no constraint "{waiver.constraint}"', path, way_on=hint)
        elif constraint.level not in ("law", "method"):
            yield project.fault(
                f'the constraint "{waiver.constraint}" has the level {constraint.level}; '
                "only law and method can be waived",
                path,
            )
        elif not constraint.can_be_waived:
            why = "is a prohibition" if constraint.never_waived else "says what a word means"
            yield project.fault(f'the constraint "{waiver.constraint}" {why}; nobody can waive it', path)
        if on is not None and waiver.until < on:
            yield project.fault(
                f"the waiver ran out on {waiver.until.isoformat()}",
                path,
                way_on=f"{printable(waiver.person)} can renew it, or it is taken out.",
            )


def write_project(project: Project) -> str:
    """The text of ``fates.yaml``; the same project gives the same bytes.

    Parameters
    ----------
    project : Project

    Returns
    -------
    str
        YAML; reading it gives the same project back. Names are written plain, everything else in double quotes.
    """
    values = project.model_dump(mode="python", by_alias=True, exclude_none=False)
    for optional in ("catalogs", "answers", "choices", "parameters", "waivers", "data"):
        if not values[optional]:
            del values[optional]
    for decided in ("answers", "choices"):
        for decision in values.get(decided, {}).values():
            if not decision["note"]:
                del decision["note"]
    if "data" in values:
        data = values["data"]
        data["ranges"] = {name: [_shortest(low), _shortest(high)] for name, (low, high) in data["ranges"].items()}
        if "time" in data and data["time"]["format"] is None:
            del data["time"]["format"]
        for protected in data["protected"]:
            protected["groups"] = {label: _bounds(group) for label, group in protected["groups"].items()}
    lines = [HEADER]
    for key, value in values.items():
        if key in ("project", "answers", "choices", "parameters", "waivers", "data"):
            lines += ["", f"{key}:", *block_lines(value, 2)]
        else:
            lines += entry_lines(key, value)
    return "\n".join(lines) + "\n"


def _shortest(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _bounds(group: Mapping[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in group.items() if value not in (None, ())}
    return {key: _shortest(value) if isinstance(value, float) else value for key, value in kept.items()}
