"""FeatureIDE's XML, in and out.

Read as a stream of events: no document type, no entities, no recursion, and a place for every fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path
from typing import cast
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from fatesline.errors import UserError, UserErrors
from fatesline.exchange.files import bytes_of
from fatesline.exchange.imported import (
    Enough,
    Faults,
    Imported,
    Remark,
    is_ordinary,
    joined,
    ordinary_id,
    shortened,
    too_deep,
    without_collection,
)
from fatesline.model.features import LEVELS, Constraint, Feature, FeatureModel, Group, Level
from fatesline.model.formula import DEEPEST, Formula, conjunction, disjunction, feature, implication, negation

#: Groups with bounds become rules; more rules than this for one group are refused.
MOST_RULES_OF_A_GROUP = 1000

HIDDEN_KEY = "hidden"

_TREE = frozenset(("and", "or", "alt", "feature"))
_PASSED_OVER = frozenset(("attribute", "graphics", "description", "tags"))
_RULE = frozenset(("conj", "disj", "not", "imp", "eq", "atmost1", "var"))
_ARITY = {"not": (1, 1), "imp": (2, 2), "eq": (2, 2), "conj": (1, None), "disj": (1, None), "atmost1": (1, None)}
_NOTE = re.compile(r'\s*fates: (\w+)(?: (\d{1,18}))? ("(?:[^"\\]|\\.)*")\s*')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(path: Path) -> Imported:
    """Read a FeatureIDE model.

    Parameters
    ----------
    path : Path
        ``.xml`` or ``.xml.gz``.

    Returns
    -------
    Imported
        Features in the order of the file; the mandatory children of a feature form one group. ``abstract`` and
        ``hidden`` are kept, attributes, graphics and descriptions passed over.

    Raises
    ------
    UserError
        Every fault found, with line and column. A document type or an entity is refused: no feature model needs one.

    Notes
    -----
    A child of an ``or`` or ``alt`` is never mandatory by itself, whatever the file says; a single child of either is,
    as in FeatureIDE.
    """
    with without_collection():
        return _read(bytes_of(path), str(path))


def read_text(text: str, name: str = "<text>") -> Imported:
    """Read FeatureIDE's XML from a text; see `read`."""
    return _read(text.encode("utf-8", "replace"), name)


def _read(content: bytes, name: str) -> Imported:
    reader = _Reader(name)
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        reader.faults.add("the file is empty", 1, 1, "A FeatureIDE file holds a featureModel.")
        reader.faults.raise_found()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.EntityDeclHandler = reader.refuse_doctype
    reader.parser = parser
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        what = expat.ErrorString(fault.code)
        reader.faults.add(f"this is no well-formed XML: {what}", fault.lineno, fault.offset + 1)
    except (ValueError, LookupError) as fault:
        reader.faults.add(f"the encoding cannot be read: {fault}", 1, 1, "Save the file as UTF-8.")
    except (_Refused, Enough):
        pass
    reader.faults.raise_found()
    return reader.imported()


class _Refused(Exception):
    pass


@dataclass(slots=True)
class _Node:
    """An element of the tree that is open."""

    tag: str
    id: str
    line: int
    column: int
    members: list[str] = field(default_factory=list)
    mandatory: list[str] = field(default_factory=list)
    group_at: int = 0


@dataclass(slots=True)
class _Term:
    """An element of a rule that is open."""

    tag: str
    line: int
    column: int
    parts: list[Formula] = field(default_factory=list)


class _Reader:
    def __init__(self, name: str) -> None:
        self.faults = Faults(name)
        self.parser: expat.XMLParserType | None = None
        self._path: list[str] = []
        self._features: list[Feature] = []
        self._line_of: dict[str, int] = {}
        self._groups: list[Group | None] = []
        self._remarks: list[Remark] = []
        self._open: list[_Node] = []
        self._terms: list[_Term] = []
        self._constraints: list[tuple[Formula, str | None]] = []
        self._note: str | None = None
        self._text: list[str] = []
        self._literals: dict[str, Formula] = {}
        self._passed_over = 0
        self._has_root = False

    def _here(self) -> tuple[int, int]:
        assert self.parser is not None
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def refuse_doctype(self, *_: object) -> None:
        self.faults.add("the file declares a document type or an entity", *self._here(), "Remove the declaration.")
        raise _Refused

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._passed_over:
            self._passed_over += 1
            return
        path = self._path
        if not path:
            if tag not in ("featureModel", "extendedFeatureModel"):
                self.faults.add(f"<{shortened(tag)}> is no FeatureIDE model", *self._here(), "Expected <featureModel>.")
                raise _Refused
        elif len(path) == 1:
            if tag not in ("struct", "constraints"):
                # Properties, comments, calculations, feature order: nothing about what goes with what.
                self._passed_over = 1
                return
        elif tag in _PASSED_OVER:
            if tag == "description" and path[1] == "constraints":
                self._text = []
            self._passed_over = 1
            return
        elif path[1] == "struct":
            self._start_feature(tag, attributes)
        else:
            self._start_term(tag)
        path.append(tag)

    def text(self, text: str) -> None:
        if self._terms or (self._passed_over and len(self._path) > 2):
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
            if not self._passed_over and tag == "description" and self._path[1:2] == ["constraints"]:
                self._note = "".join(self._text)
            return
        self._path.pop()
        if len(self._path) < 2:
            return
        if self._path[1] == "struct":
            self._end_feature()
        else:
            self._end_term()

    # The tree

    def _start_feature(self, tag: str, attributes: dict[str, str]) -> None:
        line, column = self._here()
        if tag not in _TREE:
            self.faults.add(f"<{shortened(tag)}> is no feature", line, column, "Expected and, or, alt or feature.")
            raise _Refused
        name = attributes.get("name", "")
        if not name:
            self.faults.add(f"this <{tag}> has no name", line, column)
        parent = self._open[-1] if self._open else None
        if name in self._line_of:
            what = f'the feature "{shortened(name)}" is declared twice, first in line {self._line_of[name]}'
            self.faults.add(what, line, column)
        self._line_of.setdefault(name, line)
        hidden: Mapping[str, object] = {HIDDEN_KEY: True} if attributes.get("hidden") == "true" else {}
        is_abstract = attributes.get("abstract") == "true"
        self._features.append(Feature(name, None if parent is None else parent.id, is_abstract, hidden))
        if parent is None:
            if self._has_root:
                self.faults.add(f'"{shortened(name)}" would be a second root', line, column)
            self._has_root = True
        else:
            if parent.tag == "feature":
                what = f'"{shortened(parent.id)}" is a <feature> and cannot have children'
                self.faults.add(what, line, column, "Make it <and>, <or> or <alt>.")
            parent.members.append(name)
            if parent.tag == "and" and attributes.get("mandatory") == "true":
                parent.mandatory.append(name)
        node = _Node(tag, name, line, column, group_at=len(self._groups))
        # Groups stand in the order of their parents, which end in the reverse one.
        self._groups.append(None)
        self._open.append(node)

    def _end_feature(self) -> None:
        node = self._open.pop()
        if node.tag in ("or", "alt") and not node.members:
            what = f'"{shortened(node.id)}" is an <{node.tag}> without children; it is read as a <feature>'
            self._remarks.append(Remark(what, self.faults.place(node.line, node.column)))
        elif node.tag == "or":
            self._groups[node.group_at] = Group.some(node.id, node.members)
        elif node.tag == "alt":
            self._groups[node.group_at] = Group.alternative(node.id, node.members)
        elif node.mandatory:
            self._groups[node.group_at] = Group.mandatory(node.id, node.mandatory)

    # Rules

    def _start_term(self, tag: str) -> None:
        line, column = self._here()
        if not self._terms:
            if tag != "rule" or len(self._path) != 2:
                self.faults.add(f"<{shortened(tag)}> is no rule", line, column, "Expected <rule>.")
                raise _Refused
            self._note = None
        elif tag not in _RULE:
            self.faults.add(
                f"<{shortened(tag)}> is unknown in a rule", line, column, f"Known are {', '.join(sorted(_RULE))}."
            )
            raise _Refused
        elif self._terms[-1].tag == "var":
            self.faults.add("<var> holds a name and no further element", line, column)
            raise _Refused
        if len(self._terms) > DEEPEST:
            self.faults.add(f"the rule is nested more than {DEEPEST} deep", line, column)
            raise _Refused
        self._terms.append(_Term(tag, line, column))
        self._text = []

    def _end_term(self) -> None:
        term = self._terms.pop()
        if term.tag == "rule":
            if len(term.parts) > 1:
                self.faults.add("a rule holds one formula", term.line, term.column)
            elif term.parts:
                if too_deep(term.parts[0]):
                    self.faults.add(f"the rule is nested more than {DEEPEST} deep", term.line, term.column)
                self._constraints.append((term.parts[0], self._note))
            return
        formula = self._named(term) if term.tag == "var" else self._combined(term)
        if formula is not None:
            self._terms[-1].parts.append(formula)

    def _named(self, term: _Term) -> Formula | None:
        name = "".join(self._text)
        self._text = []
        if name not in self._line_of:
            name = name.strip()
        literal = self._literals.get(name)
        if literal is None:
            if name not in self._line_of:
                self.faults.add_unknown(name, cast(dict[str, object], self._line_of), term.line, term.column)
                # Stands in, so that the formula around it is not a fault as well.
            literal = self._literals[name] = feature(name)
        return literal

    def _combined(self, term: _Term) -> Formula | None:
        fewest, most = _ARITY[term.tag]
        if len(term.parts) < fewest or (most is not None and len(term.parts) > most):
            wanted = f"{fewest}" if fewest == most else f"at least {fewest}"
            self.faults.add(f"<{term.tag}> takes {wanted} parts and has {len(term.parts)}", term.line, term.column)
            return None
        match term.tag:
            case "conj":
                return joined("and", term.parts)
            case "disj":
                return joined("or", term.parts)
            case "not":
                return negation(term.parts[0])
            case "imp":
                return implication(*term.parts)
            case "eq":
                return Formula("iff", tuple(term.parts))
        pairs = len(term.parts) * (len(term.parts) - 1) // 2
        if pairs > MOST_RULES_OF_A_GROUP:
            self.faults.add(f"<atmost1> over {len(term.parts)} parts is too large", term.line, term.column)
            return None
        return conjunction(negation(conjunction(pair)) for pair in combinations(term.parts, 2))

    def imported(self) -> Imported:
        if not self._features:
            self.faults.add("the model has no features", 1, 1, "Expected a feature inside <struct>.")
        constraints = []
        notes = [_NOTE.fullmatch(note) if note else None for _, note in self._constraints]
        own_ids = [json_text(note[3]) if note and note[1] in LEVELS else None for note in notes]
        taken = {own for own in own_ids if own is not None}
        told: set[str] = set()
        for position, ((formula, _), note, own) in enumerate(zip(self._constraints, notes, own_ids, strict=True), 1):
            if own is not None and own not in told and note is not None:
                told.add(own)
                constraints.append(Constraint(own, formula, cast(Level, note[1]), max(1, int(note[2] or 1))))
                continue
            own = ordinary_id(position)
            while own in taken:
                own += "-again"
            constraints.append(Constraint(own, formula))
        self.faults.raise_found()
        groups = tuple(group for group in self._groups if group is not None)
        return Imported(FeatureModel(tuple(self._features), groups, tuple(constraints)), (), tuple(self._remarks))


def json_text(text: str) -> str | None:
    """The string that a JSON literal stands for, or None."""
    try:
        return str(json.loads(text))
    except ValueError:
        return None


def written(model: FeatureModel) -> str:
    """A feature model as FeatureIDE's XML.

    Parameters
    ----------
    model : FeatureModel

    Returns
    -------
    str
        FeatureIDE knows one kind of group for each feature. Where a feature has several, each becomes an abstract
        mandatory child ``parent_group_1`` that carries it; groups with bounds become rules. Neither changes which
        configurations the other features have, nor how many. Id and level of a constraint stand in the description
        of its rule; preferences and attributes are left out.

    Raises
    ------
    UserError
        If XML cannot hold a name, or a group with bounds would become more than `MOST_RULES_OF_A_GROUP` clauses.
    """
    faults = [
        UserError(f'XML cannot hold the name "{shortened(name)}"', way_on="Names have no control characters.")
        for name in model.ids
        if _NOT_XML.search(name) or not name
    ]
    if faults:
        raise UserErrors(faults)
    layout = _laid_out(model)
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="no"?>', "<featureModel>", "\t<struct>"]
    waiting: list[tuple[int, str | tuple[Feature, bool]]] = [(2, (model.root, True))]
    while waiting:
        depth, entry = waiting.pop()
        indent = "\t" * depth
        if isinstance(entry, str):
            lines.append(f"{indent}</{entry}>")
            continue
        own, is_mandatory = entry
        tag, members = layout.below.get(own.id, ("feature", []))
        words = [tag]
        words += ['abstract="true"'] if own.abstract else []
        words += ['hidden="true"'] if own.attributes.get(HIDDEN_KEY) is True else []
        words += ['mandatory="true"'] if is_mandatory else []
        words.append(f"name={quoteattr(own.id, {chr(13): '&#13;'})}")
        lines.append(f"{indent}<{' '.join(words)}{'' if members else '/'}>")
        if members:
            waiting.append((depth, tag))
            waiting += [(depth + 1, member) for member in reversed(members)]
    lines += ["\t</struct>", "\t<constraints>"]
    position = 0
    for constraint in (*model.constraints, *layout.rules):
        if constraint.level == "preference":
            continue
        position += 1
        lines.append("\t\t<rule>")
        if not is_ordinary(constraint, position):
            weight = f" {constraint.weight}" if constraint.weight != 1 else ""
            note = f"fates: {constraint.level}{weight} {json.dumps(constraint.id)}"
            lines.append(f"\t\t\t<description>{escape(note)}</description>")
        _add_formula(lines, constraint.formula, 3, model.root.id)
        lines.append("\t\t</rule>")
    lines += ["\t</constraints>", "</featureModel>"]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Layout:
    """Tag and children of every feature that has some, and the rules that stand for groups with bounds."""

    below: dict[str, tuple[str, list[tuple[Feature, bool]]]] = field(default_factory=dict)
    rules: list[Constraint] = field(default_factory=list)


def _laid_out(model: FeatureModel) -> _Layout:
    layout = _Layout()
    children: dict[str, list[Feature]] = {}
    for each in model.features:
        if each.parent is not None:
            children.setdefault(each.parent, []).append(each)
    group_of = {member: group for group in model.groups for member in group.members}
    taken = set(model.ids) | {constraint.id for constraint in model.constraints}
    for parent, members in children.items():
        first = group_of.get(members[0].id)
        if first is not None and len(first.members) == len(members) and first.kind in ("alternative", "some"):
            ordered = [(model[member], False) for member in first.members]
            layout.below[parent] = ("alt" if first.kind == "alternative" else "or", ordered)
            continue
        entries: list[tuple[Feature, bool]] = []
        told: set[int] = set()
        for member in members:
            group = group_of.get(member.id)
            kind = "optional" if group is None else group.kind
            if kind in ("optional", "mandatory"):
                entries.append((member, kind == "mandatory"))
                continue
            assert group is not None
            if kind == "cardinality":
                entries.append((member, False))
            if id(group) in told:
                continue
            told.add(id(group))
            name = _free(f"{parent}_group_{len(told)}", taken)
            if kind == "cardinality":
                layout.rules.append(Constraint(name, _bounded(group)))
            else:
                entries.append((Feature(name, parent, abstract=True), True))
                ordered = [(model[each], False) for each in group.members]
                layout.below[name] = ("alt" if kind == "alternative" else "or", ordered)
        layout.below[parent] = ("and", entries)
    return layout


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _bounded(group: Group) -> Formula:
    """The formula that says that a group keeps its bounds."""
    size, low, high = len(group.members), group.minimum, group.maximum
    count = (comb(size, low - 1) if low else 0) + (comb(size, high + 1) if high < size else 0)
    if count > MOST_RULES_OF_A_GROUP:
        raise UserError(
            f'FeatureIDE cannot hold the group [{low}..{high}] of {size} members below "{shortened(group.parent)}"',
            way_on="Export the model as UVL.",
        )
    members = [feature(member) for member in group.members]
    parts = []
    if low:
        some = (disjunction(chosen) for chosen in combinations(members, size - low + 1))
        parts += [implication(feature(group.parent), each) for each in some]
    if high < size:
        parts += [disjunction(map(negation, chosen)) for chosen in combinations(members, high + 1)]
    return joined("and", parts)


def _add_formula(lines: list[str], formula: Formula, depth: int, root: str) -> None:
    indent = "\t" * depth
    if formula.kind == "feature":
        lines.append(f"{indent}<var>{escape(formula.feature, {chr(13): '&#13;'})}</var>")
        return
    parts = formula.parts
    if len(parts) == 1 and formula.kind in ("and", "or"):
        _add_formula(lines, parts[0], depth, root)
        return
    if not parts:
        # Empty conjunctions and disjunctions are true and false; the root always holds.
        truth = feature(root)
        _add_formula(lines, truth if formula.kind == "and" else negation(truth), depth, root)
        return
    tag = {"not": "not", "and": "conj", "or": "disj", "implies": "imp", "iff": "eq"}[formula.kind]
    lines.append(f"{indent}<{tag}>")
    for part in parts:
        _add_formula(lines, part, depth + 1, root)
    lines.append(f"{indent}</{tag}>")
