"""Contents of several folders on top of each other: later ones add, override and hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from fatesline.catalog.entry import CatalogFile, ConstraintShape, Entry, Question, Section, Source, TargetFile
from fatesline.catalog.read import Contents, Placed
from fatesline.errors import UserError, did_you_mean
from fatesline.model.formula import Formula, conjunction, disjunction, equivalence, implication, negation


class _Replaceable(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def overrides(self) -> str | None: ...


_T = TypeVar("_T")
_R = TypeVar("_R", bound=_Replaceable)


@dataclass(slots=True)
class Stack:
    """What all layers together hold, by id, in reading order.

    Parameters
    ----------
    about : Placed of CatalogFile
        Of the first layer.
    declared : frozenset of str
        Ids that files with faults seem to declare.
    is_partial : bool
        True if some file could not be read at all.
    hidden : dict of str to Placed of CatalogFile
        Ids that a layer hides, those of their options and of everything below them included, and that layer's file.
    faults : list of UserError
        Those of reading, and those found while stacking.
    """

    about: Placed[CatalogFile]
    declared: frozenset[str]
    is_partial: bool
    entries: dict[str, Placed[Entry]] = field(default_factory=dict)
    questions: dict[str, Placed[Question]] = field(default_factory=dict)
    constraints: dict[str, Placed[ConstraintShape]] = field(default_factory=dict)
    sections: dict[str, Placed[Section]] = field(default_factory=dict)
    sources: dict[str, Placed[Source]] = field(default_factory=dict)
    targets: dict[str, Placed[TargetFile]] = field(default_factory=dict)
    hidden: dict[str, Placed[CatalogFile]] = field(default_factory=dict)
    faults: list[UserError] = field(default_factory=list)

    @property
    def root(self) -> str:
        """Id of the root feature."""
        return self.about.value.root

    def is_excused(self, name: str) -> bool:
        """True for a reference that may be to something in a file that could not be read."""
        return self.is_partial or name in self.declared


def stacked(contents: Sequence[Contents]) -> Stack:
    """Put contents on top of each other, the last one on top.

    Parameters
    ----------
    contents : sequence of Contents
        At least one.
    """
    stack = Stack(
        contents[0].file,
        frozenset(name for one in contents for name in one.declared),
        any(one.is_partial for one in contents),
        faults=[fault for one in contents for fault in one.faults],
    )
    for one in contents:
        _add_layer(stack, one)
    # Sections set the order of the questions; within a section it is that of the files.
    order = {name: at for at, name in enumerate(stack.sections)}
    by_section = sorted(stack.questions.items(), key=lambda item: order.get(item[1].value.section, len(order)))
    stack.questions = dict(by_section)
    if stack.hidden:
        _leave_out_hidden(stack)
    return stack


def _add_layer(stack: Stack, contents: Contents) -> None:
    about = contents.file
    if about.value.root != stack.root:
        text = f'the root of the catalog "{stack.about.value.name}" is "{stack.root}"'
        stack.faults.append(about.fault(text, "root"))
    earlier = {*stack.entries, *stack.questions, *stack.constraints}
    _add(stack, stack.entries, contents.entries, "entry", earlier)
    _add(stack, stack.questions, contents.questions, "question", earlier)
    _add(stack, stack.constraints, contents.constraints, "constraint", earlier)
    for section in contents.sections:
        _add_new(stack, stack.sections, section.value.id, section, "section")
    for source_id, source in contents.sources:
        _add_new(stack, stack.sources, source_id, source, "source")
    for target in contents.targets:
        _add_new(stack, stack.targets, target.value.id, target, "target")
    _hide(stack, about, earlier)


def _add(stack: Stack, table: dict[str, Placed[_R]], added: Iterable[Placed[_R]], kind: str, earlier: set[str]) -> None:
    replaceable = [name for name in table if name in earlier]
    for one in added:
        value = one.value
        if value.overrides is None:
            way_on = f"To change it, write `overrides: {value.id}`." if value.id in earlier else ""
            _add_new(stack, table, value.id, one, kind, way_on)
        elif value.overrides != value.id:
            text = f'what overrides has the id of what it replaces, here "{value.id}"'
            stack.faults.append(one.fault(text, "overrides"))
        elif value.id not in replaceable:
            hint = did_you_mean(value.id, replaceable)
            text = f'no earlier catalog has the {kind} "{value.id}"; {hint}'.removesuffix("; ")
            stack.faults.append(one.fault(text, "overrides"))
        else:
            # Assigning keeps the place of the earlier one among its siblings.
            table[value.id] = one


def _add_new(
    stack: Stack, table: dict[str, Placed[_T]], name: str, one: Placed[_T], kind: str, way_on: str = ""
) -> None:
    if name in table:
        stack.faults.append(one.fault(f'there is already the {kind} "{name}", in {table[name].place}', way_on=way_on))
    else:
        table[name] = one


def _hide(stack: Stack, about: Placed[CatalogFile], earlier: set[str]) -> None:
    options = {option.id for one in stack.questions.values() for option in one.value.options}
    required = {one.id for entry in stack.entries.values() for one in entry.value.requires}
    known = earlier | options | required
    for at, name in enumerate(about.value.hides):
        if name in known:
            stack.hidden[name] = about
        elif not stack.is_excused(name):
            text = f'no earlier catalog has a feature or constraint "{name}"; {did_you_mean(name, sorted(known))}'
            stack.faults.append(about.fault(text.removesuffix("; "), "hides", at))


def _leave_out_hidden(stack: Stack) -> None:
    """Drop what is hidden, and with a feature everything below it."""
    hidden = stack.hidden
    for question in stack.questions.values():
        if question.value.id in hidden:
            for option in question.value.options:
                hidden.setdefault(option.id, hidden[question.value.id])
    grew = True
    while grew:
        grew = False
        for entry in stack.entries.values():
            if entry.value.parent in hidden and entry.value.id not in hidden:
                hidden[entry.value.id] = hidden[entry.value.parent]
                grew = True
    _check_that_a_choice_is_left(stack)
    stack.entries = {name: one for name, one in stack.entries.items() if name not in hidden}
    stack.constraints = {name: one for name, one in stack.constraints.items() if name not in hidden}
    stack.questions = {
        name: _without_options(one, hidden) for name, one in stack.questions.items() if name not in hidden
    }


def _without_options(question: Placed[Question], hidden: Mapping[str, object]) -> Placed[Question]:
    options = tuple(option for option in question.value.options if option.id not in hidden)
    protective = tuple(name for name in question.value.protective if name not in hidden)
    value = question.value.model_copy(update={"options": options, "protective": protective})
    return Placed(value, question.positioned, question.path)


def _check_that_a_choice_is_left(stack: Stack) -> None:
    hidden = stack.hidden
    for question in stack.questions.values():
        value = question.value
        gone = [option.id for option in value.options if option.id in hidden]
        if value.id in hidden or not gone:
            continue
        about = hidden[gone[0]]
        if len(gone) == len(value.options):
            text = f'no option of the question "{value.id}" is left; hide the question'
            stack.faults.append(about.fault(text, "hides"))
        elif value.type == "single" and value.protective[0] in hidden:
            text = f'"{value.protective[0]}" is what "I don\'t know" means in the question "{value.id}"'
            stack.faults.append(about.fault(text, "hides", way_on="Override the question."))
    groups: dict[tuple[str, str], list[str]] = {}
    for entry in stack.entries.values():
        if entry.value.relation in ("some", "alternative"):
            groups.setdefault((entry.value.parent, entry.value.relation), []).append(entry.value.id)
    for (parent, _), members in groups.items():
        if parent not in hidden and all(member in hidden for member in members):
            text = f'nothing is left to choose below "{parent}"; hide that too'
            stack.faults.append(hidden[members[0]].fault(text, "hides"))


def without(formula: Formula, hidden: Mapping[str, object]) -> Formula | bool:
    """The formula with hidden features taken as never chosen; a truth value where that decides it."""
    if formula.kind == "feature":
        return False if formula.feature in hidden else formula
    parts = [without(part, hidden) for part in formula.parts]
    match formula.kind:
        case "not":
            return _negated(parts[0])
        case "and" | "or":
            decides = formula.kind == "or"
            if any(part is decides for part in parts):
                return decides
            kept = [part for part in parts if not isinstance(part, bool)]
            if len(kept) < 2:
                return kept[0] if kept else not decides
            return conjunction(kept) if formula.kind == "and" else disjunction(kept)
        case "implies":
            left, right = parts
            if left is False or right is True:
                return True
            if left is True:
                return right
            return _negated(left) if isinstance(right, bool) else implication(left, right)
        case _:
            left, right = parts
            if isinstance(left, bool):
                return right if left else _negated(right)
            if isinstance(right, bool):
                return left if right else _negated(left)
            return equivalence(left, right)


def _negated(part: Formula | bool) -> Formula | bool:
    return not part if isinstance(part, bool) else negation(part)
