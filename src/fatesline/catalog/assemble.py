"""The contents of catalog folders -> one Catalog; every reference checked, all problems reported at once."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from fatesline.catalog.catalog import CONTEXT, CONTEXT_FACTS, Catalog, ConstraintEntry, Target
from fatesline.catalog.entry import ConstraintShape, Entry, Option, Pattern, Question, TargetFile
from fatesline.catalog.positions import DataPath
from fatesline.catalog.read import Contents, Placed
from fatesline.catalog.references import reference_faults, unknown
from fatesline.catalog.stacking import Stack, stacked, without
from fatesline.errors import UserError, UserErrors
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, equivalence, implication, negation, parse
from fatesline.model.formula import feature as chosen
from fatesline.model.places import Place


def assemble(contents: Sequence[Contents], *, trusted: Path | None = None) -> Catalog:
    """Put the contents of catalog folders on top of each other and check them.

    Parameters
    ----------
    contents : sequence of Contents
        The first is the one that the others extend.
    trusted : Path, optional
        A folder whose components are not compared with their entries.

    Raises
    ------
    UserErrors
        Every fault of every file, those of reading included, by file and line.
    ValueError
        If there are no contents.
    """
    if not contents:
        raise ValueError("a catalog has at least one layer")
    stack = stacked(contents)
    places = _places(stack)
    stack.faults += reference_faults(stack, places, trusted)
    formerly = _formerly(stack, places)
    constraints = _Constraints(stack, places).found
    if stack.faults:
        raise UserErrors(_by_place(stack.faults))
    model = FeatureModel(
        tuple(_tree(stack)),
        tuple(_groups(stack, constraints)),
        tuple(Constraint(one.id, one.formula, one.level, one.weight) for one in constraints.values()),
    )
    return Catalog(
        model=model,
        entries={name: _recognised_without(stack.hidden, one.value) for name, one in stack.entries.items()},
        questions=tuple(one.value for one in stack.questions.values()),
        sections=tuple(one.value for one in stack.sections.values()),
        options=_options(stack),
        constraints=constraints,
        sources={name: one.value for name, one in stack.sources.items()},
        targets={name: _target(one) for name, one in stack.targets.items()},
        layers=tuple(one.layer for one in contents),
        places=places,
        source_places={name: one.place for name, one in stack.sources.items()},
        folders={name: one.folder for name, one in stack.entries.items() if one.folder is not None},
        _root_title=stack.about.value.title,
        _formerly=formerly,
    )


def _recognised_without(hidden: Container[str | None], entry: Entry) -> Entry:
    """The entry without the patterns that rest on what is hidden."""

    def rests(pattern: Pattern) -> bool:
        return pattern.feature in hidden or any(map(rests, pattern.all_of))

    if not any(map(rests, entry.recognise)):
        return entry
    return entry.model_copy(update={"recognise": tuple(one for one in entry.recognise if not rests(one))})


def _places(stack: Stack) -> dict[str, Place]:
    """Where every feature is written; the same id for two of them is a fault."""
    made_by_reader = (stack.root, CONTEXT, CONTEXT_FACTS)
    places = dict.fromkeys(made_by_reader, stack.about.place)
    for name, place in _written_features(stack):
        if name in made_by_reader:
            text = f'the feature "{name}" is made by the reader; choose another id'
            stack.faults.append(UserError(text, where=str(place)))
        elif name in places:
            text = f'there is already a feature "{name}", in {places[name]}'
            stack.faults.append(UserError(text, where=str(place)))
        else:
            places[name] = place
    return places


def _written_features(stack: Stack) -> Iterator[tuple[str, Place]]:
    for question in stack.questions.values():
        yield question.value.id, question.place
        for option, path in _placed_options(question):
            yield option.id, question.positioned.place((*question.path, *path))
    for entry in stack.entries.values():
        yield entry.value.id, entry.place


def _placed_options(question: Placed[Question]) -> Iterator[tuple[Option, DataPath]]:
    """Options and their paths; hidden ones are gone, so the position in the file is looked up."""
    written = question.positioned.value
    for part in question.path:
        written = written[part]
    position = {option["id"].strip(): at for at, option in enumerate(written["options"])}
    for option in question.value.options:
        yield option, ("options", position[option.id])


def _options(stack: Stack) -> dict[str, tuple[Question, Option]]:
    return {
        option.id: (question.value, option)
        for question in stack.questions.values()
        for option in question.value.options
    }


def _formerly(stack: Stack, places: dict[str, Place]) -> dict[str, str]:
    """Old ids and what they are called today."""
    owners: list[tuple[Placed[object], DataPath, str, tuple[str, ...]]] = [
        (entry, ("formerly",), entry.value.id, entry.value.formerly) for entry in stack.entries.values()
    ]
    for question in stack.questions.values():
        owners += [
            (question, (*path, "formerly"), option.id, option.formerly) for option, path in _placed_options(question)
        ]
    today: dict[str, str] = {}
    for owner, path, name, former in owners:
        for at, old in enumerate(former):
            if old in places:
                stack.faults.append(owner.fault(f'"{old}" is an id of today, in {places[old]}', *path, at))
            elif old in today:
                stack.faults.append(owner.fault(f'"{today[old]}" was formerly called "{old}", too', *path, at))
            else:
                today[old] = name
    return today


def _tree(stack: Stack) -> Iterator[Feature]:
    """Parents before children, children in reading order."""
    below: dict[str, list[str]] = {}
    for name, entry in stack.entries.items():
        below.setdefault(entry.value.parent, []).append(name)
    yield Feature(stack.root, abstract=True)
    yield Feature(CONTEXT, stack.root, abstract=True)
    for name, question in stack.questions.items():
        yield Feature(name, CONTEXT, abstract=True)
        for option in question.value.options:
            yield Feature(option.id, name)
    yield Feature(CONTEXT_FACTS, stack.root, abstract=True)
    waiting = [*reversed(below.get(stack.root, [])), *reversed(below.get(CONTEXT_FACTS, []))]
    while waiting:
        name = waiting.pop()
        yield Feature(name, stack.entries[name].value.parent)
        waiting += reversed(below.get(name, []))


def _groups(stack: Stack, constraints: dict[str, ConstraintEntry]) -> Iterator[Group]:
    members: dict[tuple[str, str], list[str]] = {(stack.root, "mandatory"): [CONTEXT, CONTEXT_FACTS]}
    conditional = {one.feature for one in constraints.values() if one.origin == "asked"}
    always_asked = [name for name in stack.questions if name not in conditional]
    if always_asked:
        members[CONTEXT, "mandatory"] = always_asked
    for name, question in stack.questions.items():
        if question.value.type == "single":
            members[name, "alternative"] = [option.id for option in question.value.options]
    for name, entry in stack.entries.items():
        if entry.value.relation != "optional":
            members.setdefault((entry.value.parent, entry.value.relation), []).append(name)
    make = {"mandatory": Group.mandatory, "alternative": Group.alternative, "some": Group.some}
    for (parent, relation), names in members.items():
        yield make[relation](parent, names)


class _Constraints:
    """All constraints by id: when questions are asked, what facts mean, what entries require, what was written."""

    def __init__(self, stack: Stack, places: dict[str, Place]) -> None:
        self.found: dict[str, ConstraintEntry] = {}
        self._stack = stack
        self._places = places
        for question in stack.questions.values():
            self._asked(question)
        for entry in stack.entries.values():
            self._definition(entry)
        for entry in stack.entries.values():
            for at, required in enumerate(entry.value.requires):
                self._written(entry, ("requires", at), required, of=entry.value.id)
        for constraint in stack.constraints.values():
            self._written(constraint, (), constraint.value, of="")

    def _add(self, owner: Placed[object], path: DataPath, entry: ConstraintEntry) -> None:
        if entry.id in self.found:
            text = f'there is already a constraint "{entry.id}", in {self.found[entry.id].place}'
            self._stack.faults.append(owner.fault(text, *path))
        else:
            self.found[entry.id] = entry

    def _asked(self, question: Placed[Question]) -> None:
        value = question.value
        if value.asked_if is None:
            return
        condition = self._formula(question, ("asked_if",), value.asked_if)
        if condition is True:
            return
        asked = chosen(value.id)
        entry = ConstraintEntry(
            id=f"{_kebab(value.id)}-is-asked",
            formula=negation(asked) if condition is False else equivalence(asked, condition),
            level="technical",
            because=value.why,
            sources=value.sources,
            origin="asked",
            feature=value.id,
            place=question.positioned.place((*question.path, "asked_if")),
        )
        self._add(question, ("asked_if",), entry)

    def _definition(self, entry: Placed[Entry]) -> None:
        value = entry.value
        if value.defined_as is None:
            return
        meaning = self._formula(entry, ("defined_as",), value.defined_as)
        fact = chosen(value.id)
        settled = fact if meaning else negation(fact)
        definition = ConstraintEntry(
            id=value.definition or f"{_kebab(value.id)}-definition",
            formula=settled if isinstance(meaning, bool) else equivalence(fact, meaning),
            level="technical",
            because=value.summary,
            sources=value.sources,
            origin="definition",
            feature=value.id,
            place=entry.positioned.place((*entry.path, "defined_as")),
        )
        self._add(entry, ("definition" if value.definition else "id",), definition)

    def _written(self, owner: Placed[object], path: DataPath, shape: ConstraintShape, *, of: str) -> None:
        """A constraint that somebody wrote; hiding may have made it pointless, or left a bar of what it spoke of."""
        if shape.id in self._stack.hidden:
            return
        formula = self._formula(owner, (*path, "formula"), shape.formula)
        if of and formula is not True:
            formula = negation(chosen(of)) if formula is False else implication(chosen(of), formula)
        if formula is False and shape.level != "preference":
            text = f'with what is hidden, the constraint "{shape.id}" cannot hold; hide or override it'
            self._stack.faults.append(owner.fault(text, *path, "formula"))
        if isinstance(formula, bool):
            return
        entry = ConstraintEntry(
            id=shape.id,
            formula=formula,
            level=shape.level,
            because=shape.because,
            sources=shape.sources,
            origin="required" if of else "written",
            feature=of,
            place=owner.positioned.place((*owner.path, *path)),
            applies_from=shape.applies_from,
            weight=shape.weight,
            note=shape.note,
            never_waived=shape.never_waived,
        )
        self._add(owner, (*path, "id"), entry)

    def _formula(self, owner: Placed[object], path: DataPath, text: str) -> Formula | bool:
        """A formula as the model takes it; True for a faulty one, whose faults are noted."""
        stack = self._stack
        try:
            formula = parse(text)
        except UserError as error:
            stack.faults.append(owner.fault(f"{error.where}: {error.what}", *path, way_on=error.way_on))
            return True
        for name in sorted(formula.variables() - self._places.keys() - stack.hidden.keys()):
            if not stack.is_excused(name):
                stack.faults.append(owner.fault(unknown("feature", name, self._places), *path))
        return without(formula, stack.hidden) if stack.hidden else formula


def _target(placed: Placed[TargetFile]) -> Target:
    shape = placed.value
    assert placed.folder is not None
    return Target(
        id=shape.id,
        title=shape.title,
        slots=shape.slots,
        packages=shape.packages,
        development_packages=shape.development_packages,
        reads=shape.reads,
        requires_python=shape.requires_python,
        folder=placed.folder,
        place=placed.place,
    )


def _kebab(feature_id: str) -> str:
    return feature_id.replace("_", "-")


def _by_place(faults: list[UserError]) -> list[UserError]:
    """By file, then by line; the same fault once."""

    def key(fault: UserError) -> tuple[str, int]:
        file, _, rest = fault.where.partition(":")
        line = rest.partition(":")[0]
        return file, int(line) if line.isdigit() else 0

    return sorted({str(fault): fault for fault in faults}.values(), key=key)
