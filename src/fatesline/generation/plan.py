"""Solution -> ProjectPlan: every choice about the generated project is made here."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fatesline.catalog.catalog import Target
from fatesline.catalog.entry import Entry
from fatesline.catalog.project import Data, Project
from fatesline.errors import UserError
from fatesline.generation.python_source import literal
from fatesline.generation.told import Told
from fatesline.solution import Solution

#: Settings that the skeleton itself reads, whatever is selected.
_ALWAYS_READ = frozenset(
    (
        "COLUMNS",
        "INPUTS",
        "LEVELS",
        "MISSING",
        "NUMERIC",
        "PERSON",
        "RANGES",
        "TARGET",
    )
)
#: Keys of the data section that a setting needs, and the settings of which one must be read where the key is stated:
#: the answers and the data disagree otherwise.
_STATED = (
    ("FAVOURABLE", "favourable", ("FAVOURABLE", "LABELS")),
    ("LABELS", "labels", ()),
    ("DIRECTION", "direction", ()),
    ("TEXT", "text", ("TEXT",)),
    ("DATES", "dates", ("DATES",)),
    ("TIME", "time", ("TIME",)),
)
_SETTING = re.compile(r"\bsettings\.([A-Z_]+)")
_REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a component in the generated project.

    Parameters
    ----------
    feature : str
        Id of the feature that it fulfils; also the name of the component's module.
    slot, function : str
    name : str
        Of the step in the pipeline.
    arguments : tuple of (str, str)
        Names and Python expressions, in the order of the function's signature; the name ``**`` unpacks a mapping.
    title : str
        Of the feature, in the language of the project.
    judged : bool
        True if its evidence says whether something holds.
    """

    feature: str
    slot: str
    name: str
    function: str
    arguments: tuple[tuple[str, str], ...]
    title: str
    judged: bool


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """Every choice about a project; `render` only writes it down.

    Parameters
    ----------
    package : str
        Import name.
    steps : mapping of str to tuple of Step
        By slot, every slot of the target, in the order of the catalog.
    constants : tuple of (str, str, object)
        Name, comment and value of each line of ``settings.py``.
    components : mapping of str to Path
        Module name to the file in the catalog.
    component_tests : mapping of str to Path
    requirements, development_requirements, lock : tuple of str
        Lines.
    facts : str
        Text of ``project.json``, for the documents.
    because : tuple of (str, str, str)
        Id, title and reason of each selected component, for the README.
    people : tuple of (str, str)
        Id and title of each duty that only people can fulfil.
    drafts : tuple of (str, str)
        Id and title of each document that training drafts and people complete.
    told : Told
        What is said in words.
    """

    package: str
    title: str
    language: str
    target: Target
    steps: Mapping[str, tuple[Step, ...]]
    mitigated: bool
    constants: tuple[tuple[str, str, object], ...]
    data: Data
    components: Mapping[str, Path]
    component_tests: Mapping[str, Path]
    requires_python: str
    requirements: tuple[str, ...]
    development_requirements: tuple[str, ...]
    lock: tuple[str, ...]
    facts: str
    because: tuple[tuple[str, str, str], ...]
    people: tuple[tuple[str, str], ...]
    drafts: tuple[tuple[str, str], ...]
    told: Told
    project: Project


def plan(solution: Solution, told: Told, *, target: str = "sklearn") -> ProjectPlan:
    """Choose components, arguments, packages and files.

    Parameters
    ----------
    solution : Solution
    told : Told
        What is said in words, in the language of the project; a reason for each chosen feature.
    target : str
        Id of the target.

    Raises
    ------
    UserError
        If nothing is known of the data, or the model would be given no column.
    """
    project, catalog = solution.project, solution.catalog
    if project.data is None:
        raise UserError(
            "nothing is known of the data yet, so there is nothing to build on",
            way_on="Run `fates ask --data table.csv --target COLUMN` first.",
        )
    if not project.data.inputs:
        raise project.fault(
            "the model is given no column", ("data",), way_on="Name columns under numeric or categorical."
        )
    made_for = catalog.targets[target]
    language = project.language
    entries = [catalog.entries[name] for name in solution.chosen if name in catalog.entries]
    selected = [entry for entry in entries if target in entry.code]
    steps: dict[str, tuple[Step, ...]] = {slot.id: () for slot in made_for.slots}
    components, tests = {}, {}
    limits: dict[str, dict[str, object]] = {}
    for entry in selected:
        module = catalog.folders[entry.id] / made_for.module_name()
        components[entry.id] = module
        test = catalog.folders[entry.id] / f"test_{entry.id}.py"
        if test.exists():
            tests[entry.id] = test
        signatures = _signatures(module)
        for fill in entry.code[target]:
            slot = made_for.slot(fill.slot)
            names = signatures[fill.function]
            arguments = tuple((name, slot.offers[name]) for name in names if name in slot.offers)
            own = {name: _value(name, entry, solution) for name in names if name not in slot.offers}
            if own and slot.judged:
                # What is measured against stands in one place, so that it can be fixed before anything is measured.
                key = entry.id if entry.id not in limits else f"{entry.id}.{fill.function}"
                limits[key] = own
                arguments = (*arguments, ("**", f"settings.LIMITS[{literal(key)}]"))
            else:
                written = {name: literal(value) for name, value in own.items()} | dict(arguments)
                arguments = tuple((name, written[name]) for name in names)
            step = Step(
                feature=entry.id,
                slot=slot.id,
                name=slot.step_name or entry.id,
                function=fill.function,
                arguments=arguments,
                title=entry.title.in_language(language),
                judged=slot.judged,
            )
            steps[slot.id] = (*steps[slot.id], step)
    for slot in made_for.slots:
        if slot.fills == "exactly_one" and not steps[slot.id]:
            raise UserError(
                f'"{made_for.title.in_language("en")}" is not the kind of project these answers describe: nothing '
                f'chosen there fills "{slot.title.in_language("en")}"',
                way_on="What the answers ask for is listed by `fates solve`.",
            )
    _drop_unnamed(made_for, steps)
    _refuse_disagreement(project, project.data, steps)
    if project.data.format not in made_for.reads:
        raise project.fault(
            f"a {made_for.title.in_language('en')} reads {', '.join(made_for.reads)}", ("data", "format")
        )
    packages = sorted(
        {
            *made_for.packages,
            *made_for.reads[project.data.format],
            *(package for entry in selected for package in entry.packages),
        },
        key=str.lower,
    )
    people = tuple(
        (entry.id, entry.title.in_language(language))
        for entry in entries
        if entry.kind in ("act", "document") and target not in entry.code
    )
    because = tuple((entry.id, entry.title.in_language(language), told.reasons[entry.id].cited) for entry in selected)
    drafts = tuple((step.feature, step.title) for slot in made_for.slots if slot.is_draft for step in steps[slot.id])
    mitigated = any(steps[slot.id] for slot in made_for.slots if not slot.in_baseline)
    return ProjectPlan(
        package=project.project.name,
        title=project.project.title,
        language=language,
        target=made_for,
        steps=steps,
        mitigated=mitigated,
        constants=_constants(project.data, steps, limits),
        data=project.data,
        components=components,
        component_tests=tests,
        requires_python=_narrowest(made_for.requires_python, [entry.requires_python for entry in selected]),
        requirements=tuple(packages),
        development_requirements=made_for.development_packages,
        lock=_lock(made_for.folder / "lock.json", [*packages, *made_for.development_packages]),
        facts=_facts(solution, project.data, told, target, by_position="LABELS" in _read(steps)),
        because=because,
        people=people,
        drafts=drafts,
        told=told,
        project=project,
    )


def _signatures(module: Path) -> Mapping[str, tuple[str, ...]]:
    """Argument names of every function at the top of a module, without running it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        node.name: tuple(argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _value(name: str, entry: Entry, solution: Solution) -> object:
    """The user's value of a parameter, the chosen member of its group, or its default."""
    parameter = entry.parameters[name]
    given = solution.project.parameters.get(entry.id, {})
    if name in given:
        value = given[name]
        return list(value) if isinstance(value, tuple) else value
    if parameter.chosen_by is not None:
        members = {feature.id for feature in solution.catalog.model.children(parameter.chosen_by)}
        return next((feature for feature in solution.chosen if feature in members), parameter.default)
    return list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default


def _constants(
    data: Data, steps: Mapping[str, tuple[Step, ...]], limits: Mapping[str, Mapping[str, object]]
) -> tuple[tuple[str, str, object], ...]:
    """The lines of ``settings.py`` that something in this project reads."""
    inputs = list(data.inputs)
    protected_columns = list(dict.fromkeys(rule.column for rule in data.protected))
    protected = {
        rule.attribute: {
            "column": rule.column,
            "groups": {
                label: {"values": list(group.values)}
                if group.values
                else {key: bound for key, bound in (("from", group.low), ("below", group.below)) if bound is not None}
                for label, group in rule.groups.items()
            },
            "other": rule.other,
        }
        for rule in data.protected
    }
    read = {*_ALWAYS_READ, *(("DELIMITER", "ENCODING") if data.format == "csv" else ()), *_read(steps)}
    if data.table:
        read.add("TABLE")
    time = data.time.column if data.time else None
    beside = [column for column in (data.person, time if "TIME" in read else None) if column]
    columns = list(dict.fromkeys([*inputs, *protected_columns, *beside, data.target]))
    outcomes, codes = _coded(data, by_position="LABELS" in read)
    if protected:
        read.add("PROTECTED")
    everything: list[tuple[str, str, object]] = [
        ("TARGET", "Column to predict.", data.target),
        ("FAVOURABLE", "Its values that people hope for.", list(data.favourable_labels)),
        ("LABELS", "All its values, in the order of their codes 0, 1, ...", list(data.labels)),
        ("OUTCOMES", "What the codes 0, 1, ... of the predictions mean.", outcomes),
        ("FAVOURABLE_CODES", "Codes of the outcomes that people hope for.", codes),
        ("DIRECTION", "Whether high or low numbers are what people hope for.", data.direction),
        ("DELIMITER", "How the file is written.", data.delimiter),
        ("ENCODING", "", data.encoding),
        ("TABLE", "Where the rows stand in the file.", data.table),
        ("MISSING", "Markers that mean a missing value; nothing else does.", list(data.missing)),
        ("NUMERIC", "Columns that the model is given.", list(data.numeric)),
        ("CATEGORICAL", "", list(data.categorical)),
        ("TEXT", "Columns of free text.", list(data.text)),
        ("DATES", "Columns of dates, and how the dates are written.", dict(data.dates)),
        (
            "REFERENCE_DAY",
            "Day that ages are counted from.",
            data.reference_day.isoformat() if data.reference_day else None,
        ),
        ("LIMITS", "What is measured, how, and the limits it is held against.", limits),
        ("PROTECTED", "Protected attributes: where they stand, and which values make a group.", protected),
        ("PROTECTED_COLUMNS", "", protected_columns),
        ("PERSON", "Column that says whose row it is; None if each row is somebody else's.", data.person),
        ("TIME", "Column that says when a row came about, and how that is written; None if it is a number.", time),
        ("TIME_FORMAT", "", data.time_format),
        (
            "QUASI_IDENTIFIERS",
            "Columns by which somebody could be recognised in combination.",
            list(data.quasi_identifiers),
        ),
        (
            "INPUTS",
            "Columns handed to the model: its inputs and the protected attributes.",
            list(dict.fromkeys([*inputs, *protected_columns])),
        ),
        ("COLUMNS", "Columns read from the file.", columns),
        ("DROPPED", "Columns left out, and why.", dict(data.dropped)),
        ("LEVELS", "Values that occurred in text columns.", {name: list(found) for name, found in data.levels.items()}),
        (
            "RANGES",
            "Smallest and largest value of numeric columns.",
            {name: list(found) for name, found in data.ranges.items()},
        ),
    ]
    return tuple(line for line in everything if line[0] in read or (line[0] == "DROPPED" and data.dropped))


def _read(steps: Mapping[str, tuple[Step, ...]]) -> set[str]:
    """Names of the settings that the calls of components read."""
    expressions = [value for slot in steps.values() for step in slot for _, value in step.arguments]
    return {name for value in expressions for name in _SETTING.findall(value)}


def _coded(data: Data, *, by_position: bool) -> tuple[list[str], list[int]]:
    """What the codes of a target with labels mean, and which are favourable.

    Each label has a code of its own, or the favourable ones share 1 and all others 0.
    """
    favourable = data.favourable_labels
    if by_position:
        return list(data.labels), [code for code, label in enumerate(data.labels) if label in favourable]
    others = [label for label in data.labels if label not in favourable] or [f"not {' or '.join(favourable)}"]
    return [" or ".join(others), " or ".join(favourable)], [1]


def _drop_unnamed(target: Target, steps: dict[str, tuple[Step, ...]]) -> None:
    """Leave out the calls that only serve others where no other names them."""
    expressions = [value for slot in steps.values() for step in slot for _, value in step.arguments]
    for slot in target.slots:
        if slot.only_if_named and not any(re.search(rf"\b{slot.id}\Z", value) for value in expressions):
            steps[slot.id] = ()


def _refuse_disagreement(project: Project, data: Data, steps: Mapping[str, tuple[Step, ...]]) -> None:
    """What the data section must say for the chosen components, and what none of them has a use for."""
    read = _read(steps)
    for setting, key, readers in _STATED:
        stated = getattr(data, key)
        if setting in read and not stated:
            reader = next(
                step.title
                for slot in steps.values()
                for step in slot
                if any(f"settings.{setting}" in value for _, value in step.arguments)
            )
            raise project.fault(
                f'"{reader}" was chosen and needs {key}, which the data section does not state',
                ("data",),
                way_on=f"State {key}, or answer anew what the data are like.",
            )
        if readers and stated and read.isdisjoint(readers):
            raise project.fault(
                f"{key} is stated, but nothing that was chosen for this project has a use for it",
                ("data", key),
                way_on=f"Answer anew what the data are like (`fates ask`), or leave {key} out.",
            )


def _narrowest(target: str, entries: Sequence[str]) -> str:
    """The conjunction of version specifiers: the highest lower bound, the lowest upper one, and all others."""
    parts = dict.fromkeys(part.strip() for text in (target, *entries) if text for part in text.split(","))
    lower = sorted((part for part in parts if part.startswith(">=")), key=_version)
    upper = sorted((part for part in parts if re.match(r"<\d", part)), key=_version)
    others = [part for part in parts if part not in {*lower, *upper}]
    return ",".join([*lower[-1:], *others, *upper[:1]])


def _version(specifier: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", specifier))


def _lock(path: Path, requirements: Sequence[str]) -> tuple[str, ...]:
    """Exact pins of the requirements and of all they need, from the target's lock."""
    try:
        locked = json.loads(path.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UserError(f"the lock cannot be read: {fault}", where=str(path)) from None
    waiting = [_REQUIREMENT_NAME.match(line)[0].lower() for line in requirements]  # type: ignore[index]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        if name not in locked:
            raise UserError(
                f'package "{name}" is not in the lock', where=str(path), way_on="Run scripts/lock_target.py."
            )
        reached.add(name)
        waiting += locked[name]["needs"]
    return tuple(pin for name in sorted(reached) for pin in locked[name]["pins"])


def _facts(solution: Solution, data: Data, told: Told, target: str, *, by_position: bool) -> str:
    """Text of ``project.json``: what the documents say that no run measures."""
    project = solution.project
    entries = [solution.catalog.entries[name] for name in solution.chosen if name in solution.catalog.entries]

    def described(entry: Entry) -> dict[str, object]:
        reason = told.reasons[entry.id]
        return {
            "id": entry.id,
            "title": entry.title.in_language(project.language),
            "summary": entry.summary.in_language(project.language),
            "because": reason.sentence,
            "sources": list(reason.sources),
            "applies_from": reason.applies_from.isoformat() if reason.applies_from else None,
            "responsible": entry.responsible,
            "phase": entry.phase,
            "evidence": entry.evidence,
        }

    outcomes = _coded(data, by_position=by_position)[0] if data.favourable_labels else []
    facts = {
        "name": project.project.name,
        "title": project.project.title,
        "language": project.language,
        "purpose": project.project.purpose,
        "target": data.target,
        "favourable": (" ou " if project.language == "fr" else " or ").join(data.favourable_labels),
        "outcomes": outcomes,
        "direction": data.direction,
        "protected": [rule.attribute for rule in data.protected],
        "data": {"file": data.file, "rows": data.rows, "sha256": data.sha256, "dropped": dict(data.dropped)},
        "holds": list(solution.chosen),
        "selected": [described(entry) for entry in entries if target in entry.code],
        "people": [
            described(entry) for entry in entries if entry.kind in ("act", "document") and target not in entry.code
        ],
        **told.plain(),
    }
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
