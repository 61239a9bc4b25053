"""The contents of several folders -> one Catalog; every reference checked, all problems reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from fatesline.catalog.catalog import CONTEXT, CONTEXT_FACTS, Catalog, ConstraintEntry, Target, split_citation
from fatesline.catalog.code import code_faults
from fatesline.catalog.entry import (
    CatalogFile,
    ConstraintShape,
    Entry,
    Option,
    Parameter,
    Question,
    Section,
    Source,
    TargetFile,
)
from fatesline.catalog.positions import printable
from fatesline.catalog.read import Contents, Placed
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, equivalence, implication, negation, parse
from fatesline.model.formula import feature as chosen
from fatesline.model.places import Place


class _Replaceable(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def overrides(self) -> str | None: ...


_T = TypeVar("_T")
_R = TypeVar("_R", bound=_Replaceable)


def assemble(contents: Sequence[Contents]) -> Catalog:
    """Put the contents of catalog folders on top of each other.

    Parameters
    ----------
    contents : sequence of Contents
        The first is the one that the others extend.

    Raises
    ------
    UserErrors
        Every fault of every file, those of reading included, by place.
    ValueError
        If there are no contents.
    """
    if not contents:
        raise ValueError("a catalog has at least one layer")
    return _Assembly(contents).catalog()


@dataclass(slots=True)
class _Tables:
    """What all layers together hold, by id; later layers have replaced and hidden."""

    entries: dict[str, Placed[Entry]] = field(default_factory=dict)
    questions: dict[str, Placed[Question]] = field(default_factory=dict)
    constraints: dict[str, Placed[ConstraintShape]] = field(default_factory=dict)
    sections: dict[str, Placed[Section]] = field(default_factory=dict)
    sources: dict[str, Placed[Source]] = field(default_factory=dict)
    targets: dict[str, Placed[TargetFile]] = field(default_factory=dict)


class _Assembly:
    def __init__(self, contents: Sequence[Contents]) -> None:
        self._contents = contents
        self._root = contents[0].file.value.root
        self._faults: list[UserError] = [fault for one in contents for fault in one.faults]
        self._declared = {name for one in contents for name in one.declared}
        self._is_partial = any(one.is_partial for one in contents)
        self._tables = _Tables()
        self._options: dict[str, tuple[Question, Option]] = {}
        #: Ids hidden by a layer, and the layer's catalog.yaml.
        self._hidden: dict[str, Placed[object]] = {}
        self._places: dict[str, Place] = {}

    def catalog(self) -> Catalog:
        for one in self._contents:
            self._add_layer(one)
        self._leave_out_hidden()
        self._note_features()
        self._check_features()
        formerly = self._formerly()
        constraints = self._constraints()
        self._check_sources()
        self._check_code()
        if self._faults:
            raise UserErrors(_by_place(self._faults))
        tables = self._tables
        model = FeatureModel(
            tuple(self._tree()),
            tuple(self._groups()),
            tuple(Constraint(one.id, one.formula, one.level, one.weight) for one in constraints.values()),
        )
        return Catalog(
            model=model,
            entries={name: one.value for name, one in tables.entries.items()},
            questions=tuple(one.value for one in tables.questions.values()),
            sections=tuple(one.value for one in tables.sections.values()),
            options=self._options,
            constraints=constraints,
            sources={name: one.value for name, one in tables.sources.items()},
            targets={name: _target(one) for name, one in tables.targets.items()},
            layers=tuple(one.layer for one in self._contents),
            places=self._places,
            source_places={name: one.place for name, one in tables.sources.items()},
            folders={name: one.folder for name, one in tables.entries.items() if one.folder is not None},
            _root_title=self._contents[0].file.value.title,
            _formerly=formerly,
        )

    # Layers

    def _add_layer(self, contents: Contents) -> None:
        tables, about = self._tables, contents.file
        if about.value.root != self._root:
            first = self._contents[0].layer.name
            self._faults.append(about.fault(f'the root of the catalog "{first}" is "{self._root}"', "root"))
        earlier = {*tables.entries, *tables.questions, *tables.constraints}
        self._add(tables.entries, contents.entries, "entry", earlier)
        self._add(tables.questions, contents.questions, "question", earlier)
        self._add(tables.constraints, contents.constraints, "constraint", earlier)
        for section in contents.sections:
            self._add_new(tables.sections, section.value.id, section, "section")
        for source_id, source in contents.sources:
            self._add_new(tables.sources, source_id, source, "source")
        for target in contents.targets:
            self._add_new(tables.targets, target.value.id, target, "target")
        self._hide(about, earlier)

    def _add(self, table: dict[str, Placed[_R]], added: Iterable[Placed[_R]], kind: str, earlier: set[str]) -> None:
        for one in added:
            value = one.value
            if value.overrides is None:
                way_on = f"To change it, write `overrides: {value.id}`." if value.id in earlier else ""
                self._add_new(table, value.id, one, kind, way_on)
            elif value.overrides != value.id:
                self._faults.append(one.fault(f'a {kind} overrides the one of its own id, "{value.id}"', "overrides"))
            elif value.id not in table or value.id not in earlier:
                hint = did_you_mean(value.id, (name for name in table if name in earlier))
                text = f'no earlier catalog has a {kind} "{value.id}"; {hint}'.removesuffix("; ")
                self._faults.append(one.fault(text, "overrides"))
            else:
                # Assigning keeps the place of the earlier one among its siblings.
                table[value.id] = one

    def _add_new(self, table: dict[str, Placed[_T]], name: str, one: Placed[_T], kind: str, way_on: str = "") -> None:
        if name in table:
            text = f'there is already a {kind} "{name}", in {table[name].place}'
            self._faults.append(one.positioned.fault(text, one.path, way_on=way_on))
        else:
            table[name] = one

    def _hide(self, about: Placed[CatalogFile], earlier: set[str]) -> None:
        tables = self._tables
        options = {option.id for one in tables.questions.values() for option in one.value.options}
        required = {one.id for entry in tables.entries.values() for one in entry.value.requires}
        known = earlier | options | required
        for at, name in enumerate(about.value.hides):
            if name in known:
                self._hidden[name] = about
            elif not self._is_excused(name):
                text = f'no earlier catalog has a feature or constraint "{name}"; {did_you_mean(name, known)}'
                self._faults.append(about.fault(text.removesuffix("; "), "hides", at))

    def _leave_out_hidden(self) -> None:
        """Drop what is hidden, and with a feature everything below it."""
        if not self._hidden:
            return
        tables, hidden = self._tables, self._hidden
        for question in tables.questions.values():
            if question.value.id in hidden:
                for option in question.value.options:
                    hidden.setdefault(option.id, hidden[question.value.id])
        grew = True
        while grew:
            grew = False
            for entry in tables.entries.values():
                if entry.value.parent in hidden and entry.value.id not in hidden:
                    hidden[entry.value.id] = hidden[entry.value.parent]
                    grew = True
        self._check_that_hiding_leaves_a_choice()
        for table in (tables.entries, tables.questions, tables.constraints):
            for name in [name for name in table if name in hidden]:
                del table[name]
        for name, question in tables.questions.items():
            kept = tuple(option for option in question.value.options if option.id not in hidden)
            if len(kept) < len(question.value.options):
                protective = tuple(one for one in question.value.protective if one not in hidden)
                changed = question.value.model_copy(update={"options": kept, "protective": protective})
                tables.questions[name] = Placed(changed, question.positioned, question.path)

    def _check_that_hiding_leaves_a_choice(self) -> None:
        hidden = self._hidden
        for question in self._tables.questions.values():
            value = question.value
            if value.id in hidden:
                continue
            gone = [option.id for option in value.options if option.id in hidden]
            if len(gone) == len(value.options):
                self._faults.append(
                    hidden[gone[0]].fault(f'no option of the question "{value.id}" is left; hide the question', "hides")
                )
            elif value.type == "single" and value.protective[0] in hidden:
                text = f'"{value.protective[0]}" is what "I don\'t know" means in the question "{value.id}"'
                self._faults.append(hidden[value.protective[0]].fault(text, "hides", way_on="Override the question."))
        groups: dict[tuple[str, str], list[str]] = {}
        for entry in self._tables.entries.values():
            if entry.value.relation in ("some", "alternative"):
                groups.setdefault((entry.value.parent, entry.value.relation), []).append(entry.value.id)
        for (parent, _), members in groups.items():
            if parent not in hidden and all(member in hidden for member in members):
                text = f'nothing is left to choose below "{parent}"; hide that too'
                self._faults.append(hidden[members[0]].fault(text, "hides"))

    # Features

    def _note_features(self) -> None:
        """Give every feature its place; no id twice, whatever kind of thing it names."""
        self._places = dict.fromkeys((self._root, CONTEXT, CONTEXT_FACTS), self._contents[0].file.place)
        # Sections set the order of the questions; within a section it is that of the files.
        order = {name: at for at, name in enumerate(self._tables.sections)}
        self._tables.questions = dict(
            sorted(self._tables.questions.items(), key=lambda item: order.get(item[1].value.section, len(order)))
        )
        for question in self._tables.questions.values():
            self._note(question.value.id, question.place, question)
            for at, option in enumerate(question.value.options):
                place = question.positioned.place((*question.path, "options", at))
                if self._note(option.id, place, question):
                    self._options[option.id] = (question.value, option)
        for entry in self._tables.entries.values():
            self._note(entry.value.id, entry.place, entry)

    def _note(self, name: str, place: Place, one: Placed[object]) -> bool:
        if name in self._places:
            text = f'there is already a feature "{name}", in {self._places[name]}'
            if name in (self._root, CONTEXT, CONTEXT_FACTS):
                text = f'the feature "{name}" is made by the reader; choose another id'
            self._faults.append(UserError(text, where=str(place)))
            return False
        self._places[name] = place
        return True

    def _is_excused(self, name: str) -> bool:
        """True for a reference that may be to something in a file that could not be read."""
        return self._is_partial or name in self._declared

    def _check_features(self) -> None:
        for question in self._tables.questions.values():
            if question.value.section not in self._tables.sections and not self._is_excused(question.value.section):
                hint = did_you_mean(question.value.section, self._tables.sections)
                text = f'there is no section "{question.value.section}"; {hint}'
                self._faults.append(question.fault(text.removesuffix("; "), "section"))
        for entry in self._tables.entries.values():
            self._check_parent(entry)
            self._check_kind(entry)
            for name, parameter in entry.value.parameters.items():
                self._faults += [
                    entry.fault(text, "parameters", name, key) for key, text in self._parameter_faults(parameter)
                ]
        self._check_circles()

    def _check_parent(self, entry: Placed[Entry]) -> None:
        parent = entry.value.parent
        if parent not in self._places:
            if not self._is_excused(parent):
                hint = did_you_mean(parent, self._places)
                self._faults.append(entry.fault(f'there is no feature "{parent}"; {hint}'.removesuffix("; "), "parent"))
        elif parent == CONTEXT or parent in self._tables.questions or parent in self._options:
            text = f'"{parent}" belongs to the questions; facts about the context hang below "{CONTEXT_FACTS}"'
            self._faults.append(entry.fault(text, "parent"))

    def _check_kind(self, entry: Placed[Entry]) -> None:
        value = entry.value
        if value.kind == "derived":
            if value.parent != CONTEXT_FACTS:
                self._faults.append(entry.fault(f'derived facts hang below "{CONTEXT_FACTS}"', "parent"))
            if value.relation != "optional":
                self._faults.append(entry.fault("a derived fact is optional: its definition decides it", "relation"))
            if value.requires:
                self._faults.append(entry.fault("a derived fact requires nothing; it holds as defined", "requires"))
        elif value.definition is not None:
            self._faults.append(entry.fault("only derived facts have a definition", "definition"))
        for at, required in enumerate(value.requires):
            if required.overrides is not None:
                text = "what an entry requires changes with the entry; override that"
                self._faults.append(entry.fault(text, "requires", at, "overrides"))

    def _parameter_faults(self, parameter: Parameter) -> Iterator[tuple[str, str]]:
        if (parameter.type == "choice") != bool(parameter.choices):
            yield "choices", "choices belong to parameters of type choice, and each of them has some"
        if parameter.chosen_by is not None:
            if parameter.chosen_by not in self._places:
                if not self._is_excused(parameter.chosen_by):
                    hint = did_you_mean(parameter.chosen_by, self._places)
                    yield "chosen_by", f'there is no feature "{parameter.chosen_by}"; {hint}'.removesuffix("; ")
            elif not any(
                entry.value.parent == parameter.chosen_by and entry.value.relation == "alternative"
                for entry in self._tables.entries.values()
            ):
                yield "chosen_by", f'"{parameter.chosen_by}" has no alternatives below it to choose from'
        value = parameter.default
        if value is None:
            return
        fits = {
            "number": isinstance(value, int | float) and not isinstance(value, bool),
            "integer": isinstance(value, int) and not isinstance(value, bool),
            "text": isinstance(value, str),
            "column": isinstance(value, str),
            "boolean": isinstance(value, bool),
            "choice": value in parameter.choices,
            "columns": isinstance(value, tuple),
        }
        if not fits[parameter.type]:
            what = (
                f"one of {', '.join(parameter.choices)}" if parameter.type == "choice" else f"of type {parameter.type}"
            )
            yield "default", f"{printable(value)} is not {what}"
        elif isinstance(value, int | float):
            if parameter.minimum is not None and value < parameter.minimum:
                yield "default", f"{value} is less than the minimum {parameter.minimum:g}"
            if parameter.maximum is not None and value > parameter.maximum:
                yield "default", f"{value} is more than the maximum {parameter.maximum:g}"

    def _check_circles(self) -> None:
        entries = self._tables.entries
        settled: set[str] = set()
        for name in entries:
            path: list[str] = []
            current = name
            while current in entries and current not in settled:
                if current in path:
                    circle = " > ".join([*path[path.index(current) :], current])
                    self._faults.append(entries[current].fault(f"features are their own ancestors: {circle}", "parent"))
                    break
                path.append(current)
                current = entries[current].value.parent
            settled.update(path)

    def _formerly(self) -> dict[str, str]:
        """Old ids and what they are called today."""
        today: dict[str, str] = {}
        owners: list[tuple[Placed[object], tuple[str | int, ...], str, tuple[str, ...]]] = []
        for entry in self._tables.entries.values():
            owners.append((entry, ("formerly",), entry.value.id, entry.value.formerly))
        for question in self._tables.questions.values():
            for at, option in enumerate(question.value.options):
                owners.append((question, ("options", at, "formerly"), option.id, option.formerly))
        for owner, path, name, former in owners:
            for at, old in enumerate(former):
                if old in self._places:
                    text = f'"{old}" is an id of today, in {self._places[old]}'
                    self._faults.append(owner.fault(text, *path, at))
                elif old in today:
                    self._faults.append(owner.fault(f'"{today[old]}" was formerly called "{old}", too', *path, at))
                else:
                    today[old] = name
        return today

    def _tree(self) -> Iterator[Feature]:
        """Parents before children, children in reading order."""
        below: dict[str, list[str]] = {}
        for name, entry in self._tables.entries.items():
            below.setdefault(entry.value.parent, []).append(name)
        yield Feature(self._root, abstract=True)
        yield Feature(CONTEXT, self._root, abstract=True)
        for name, question in self._tables.questions.items():
            yield Feature(name, CONTEXT, abstract=True)
            for option in question.value.options:
                yield Feature(option.id, name)
        yield Feature(CONTEXT_FACTS, self._root, abstract=True)
        waiting = [*reversed(below.get(self._root, [])), *reversed(below.get(CONTEXT_FACTS, []))]
        while waiting:
            name = waiting.pop()
            yield Feature(name, self._tables.entries[name].value.parent)
            waiting += reversed(below.get(name, []))

    def _groups(self) -> Iterator[Group]:
        members: dict[tuple[str, str], list[str]] = {(self._root, "mandatory"): [CONTEXT, CONTEXT_FACTS]}
        always_asked = [name for name, one in self._tables.questions.items() if self._asked_if(one) is True]
        if always_asked:
            members[CONTEXT, "mandatory"] = always_asked
        for name, question in self._tables.questions.items():
            if question.value.type == "single":
                members[name, "alternative"] = [option.id for option in question.value.options]
        for name, entry in self._tables.entries.items():
            if entry.value.relation != "optional":
                members.setdefault((entry.value.parent, entry.value.relation), []).append(name)
        make = {"mandatory": Group.mandatory, "alternative": Group.alternative, "some": Group.some}
        for (parent, relation), names in members.items():
            yield make[relation](parent, names)

    # Constraints

    def _constraints(self) -> dict[str, ConstraintEntry]:
        found: dict[str, ConstraintEntry] = {}

        def add(owner: Placed[object], path: tuple[str | int, ...], entry: ConstraintEntry) -> None:
            if entry.id in found:
                text = f'there is already a constraint "{entry.id}", in {found[entry.id].place}'
                self._faults.append(owner.fault(text, *path))
            else:
                found[entry.id] = entry

        for question in self._tables.questions.values():
            asked = self._asked(question)
            if asked is not None:
                add(question, ("asked_if",), asked)
        for entry in self._tables.entries.values():
            if entry.value.defined_as is not None:
                add(entry, ("definition" if entry.value.definition else "id",), self._definition(entry))
        for entry in self._tables.entries.values():
            for at, required in enumerate(entry.value.requires):
                made = self._written(entry, ("requires", at), required, of=entry.value.id)
                if made is not None:
                    add(entry, ("requires", at, "id"), made)
        for constraint in self._tables.constraints.values():
            made = self._written(constraint, (), constraint.value, of="")
            if made is not None:
                add(constraint, ("id",), made)
        return found

    def _asked_if(self, question: Placed[Question]) -> Formula | bool:
        if question.value.asked_if is None:
            return True
        return self._formula(question, ("asked_if",), question.value.asked_if)

    def _asked(self, question: Placed[Question]) -> ConstraintEntry | None:
        value = question.value
        condition = self._asked_if(question)
        if condition is True:
            return None
        asked = chosen(value.id)
        formula = negation(asked) if condition is False else equivalence(asked, condition)
        return ConstraintEntry(
            f"{_kebab(value.id)}-is-asked",
            formula,
            "technical",
            value.why,
            value.sources,
            "asked",
            value.id,
            question.positioned.place((*question.path, "asked_if")),
        )

    def _definition(self, entry: Placed[Entry]) -> ConstraintEntry:
        value = entry.value
        assert value.defined_as is not None
        meaning = self._formula(entry, ("defined_as",), value.defined_as)
        fact = chosen(value.id)
        always = fact if meaning else negation(fact)
        formula = always if isinstance(meaning, bool) else equivalence(fact, meaning)
        return ConstraintEntry(
            value.definition or f"{_kebab(value.id)}-definition",
            formula,
            "technical",
            value.summary,
            value.sources,
            "definition",
            value.id,
            entry.positioned.place((*entry.path, "defined_as")),
        )

    def _written(
        self, owner: Placed[object], path: tuple[str | int, ...], shape: ConstraintShape, *, of: str
    ) -> ConstraintEntry | None:
        """A constraint that somebody wrote; None where hiding has made it pointless."""
        if shape.id in self._hidden:
            return None
        formula = self._formula(owner, (*path, "formula"), shape.formula)
        if of and formula is not True:
            formula = negation(chosen(of)) if formula is False else implication(chosen(of), formula)
        if formula is True:
            return None
        if formula is False:
            text = f'with what is hidden, the constraint "{shape.id}" cannot hold; hide or override it'
            self._faults.append(owner.fault(text, *path, "formula"))
            return None
        return ConstraintEntry(
            shape.id,
            formula,
            shape.level,
            shape.because,
            shape.sources,
            "required" if of else "written",
            of,
            owner.positioned.place((*owner.path, *path)),
            shape.applies_from,
            shape.weight,
            shape.note,
        )

    def _formula(self, owner: Placed[object], path: tuple[str | int, ...], text: str) -> Formula | bool:
        """A formula as the model takes it: checked, hidden features taken as never chosen."""
        try:
            formula = parse(text)
        except UserError as error:
            self._faults.append(owner.fault(f"{error.where}: {error.what}", *path, way_on=error.way_on))
            return True
        for name in sorted(formula.variables() - self._places.keys() - self._hidden.keys()):
            if not self._is_excused(name):
                hint = did_you_mean(name, self._places)
                text = f'there is no feature "{printable(name)}"; {hint}'.removesuffix("; ")
                self._faults.append(owner.fault(text, *path))
        return _without(formula, self._hidden) if self._hidden else formula

    # Sources and code

    def _check_sources(self) -> None:
        for question in self._tables.questions.values():
            self._check_citations(question, (), question.value.sources)
        for entry in self._tables.entries.values():
            self._check_citations(entry, (), entry.value.sources)
            for at, required in enumerate(entry.value.requires):
                self._check_citations(entry, ("requires", at), required.sources)
        for constraint in self._tables.constraints.values():
            self._check_citations(constraint, (), constraint.value.sources)

    def _check_citations(self, owner: Placed[object], path: tuple[str | int, ...], citations: tuple[str, ...]) -> None:
        for at, citation in enumerate(citations):
            source_id, _ = split_citation(citation)
            if source_id not in self._tables.sources and not self._is_excused(source_id):
                hint = did_you_mean(source_id, self._tables.sources)
                text = f'there is no source "{printable(source_id)}"; {hint}'.removesuffix("; ")
                self._faults.append(owner.fault(text, *path, "sources", at))

    def _check_code(self) -> None:
        targets = {name: one.value for name, one in self._tables.targets.items()}
        for entry in self._tables.entries.values():
            for target_id in entry.value.code:
                if target_id not in targets and not self._is_excused(target_id):
                    hint = did_you_mean(target_id, targets)
                    text = f'there is no target "{printable(target_id)}"; {hint}'.removesuffix("; ")
                    self._faults.append(entry.fault(text, "code", target_id))
            if entry.value.code:
                self._faults += code_faults(entry, targets, entry.positioned.file.rpartition("/")[0])


def _target(placed: Placed[TargetFile]) -> Target:
    shape = placed.value
    assert placed.folder is not None
    return Target(
        shape.id,
        shape.title,
        shape.slots,
        shape.packages,
        shape.development_packages,
        shape.requires_python,
        placed.folder,
        placed.place,
    )


def _kebab(feature_id: str) -> str:
    return feature_id.replace("_", "-")


def _without(formula: Formula, hidden: Mapping[str, object]) -> Formula | bool:
    """The formula with hidden features taken as never chosen."""
    if formula.kind == "feature":
        return False if formula.feature in hidden else formula
    parts = [_without(part, hidden) for part in formula.parts]
    match formula.kind:
        case "not":
            return _negated(parts[0])
        case "and" | "or":
            decides = formula.kind == "or"
            if any(part is decides for part in parts):
                return decides
            open_parts = [part for part in parts if not isinstance(part, bool)]
            if len(open_parts) < 2:
                return open_parts[0] if open_parts else not decides
            return conjunction(open_parts) if formula.kind == "and" else disjunction(open_parts)
        case "implies":
            left, right = parts
            if left is False or right is True:
                return True
            if left is True:
                return right
            return implication(left, right) if not isinstance(right, bool) else _negated(left)
        case _:
            left, right = parts
            if isinstance(left, bool):
                return right if left else _negated(right)
            if isinstance(right, bool):
                return left if right else _negated(left)
            return equivalence(left, right)


def _negated(part: Formula | bool) -> Formula | bool:
    return not part if isinstance(part, bool) else negation(part)


def _by_place(faults: list[UserError]) -> list[UserError]:
    """By file, then by line; the same fault once."""

    def key(fault: UserError) -> tuple[str, int]:
        file, _, rest = fault.where.partition(":")
        line = rest.partition(":")[0]
        return file, int(line) if line.isdigit() else 0

    once = {str(fault): fault for fault in faults}
    return sorted(once.values(), key=key)
