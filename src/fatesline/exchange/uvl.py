"""UVL, the Universal Variability Language: reading.

One pass over the lines. A line of the tree and a plain Boolean constraint take a short way (one regular expression, one
dictionary look-up per word); whatever does not fit, attributes, arithmetic and every fault, goes to `uvl_expressions`,
which knows columns. Grammar: UVLParser.g4 of github.com/Universal-Variability-Language/uvl-parser.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from fatesline.errors import UserError, UserErrors
from fatesline.exchange.files import bytes_of, decoded
from fatesline.exchange.imported import (
    Faults,
    Imported,
    Kept,
    Remark,
    joined,
    ordinary_id,
    shortened,
    too_deep,
)
from fatesline.exchange.uvl_expressions import (
    KEYWORDS,
    Meaning,
    Misread,
    Node,
    Token,
    Undecided,
    dotted,
    has_arithmetic,
    parsed,
    tokens_of,
)
from fatesline.model.features import LEVELS, Constraint, Feature, FeatureModel, Group, Level
from fatesline.model.formula import DEEPEST, Formula, feature, negation

#: Attributes of a feature that UVL expresses by words of its own; a dot cannot occur in a key of UVL.
TYPE_KEY = "uvl.type"

MOST_IMPORTS = 1000
DEEPEST_IMPORT = 32
DEEPEST_ATTRIBUTE = 32

_NAME = r"""[^\W\d][\w#§%?\\';]*"""
_FEATURE_LINE = re.compile(rf"""(?:"([^"\n.]+)"|({_NAME}))(?:[ \t]*(\{{[ \t]*abstract[ \t]*\}}))?""")
_STRICT_NAME = re.compile(_NAME)
_CARDINALITY = re.compile(r"\[[ \t]*(\d+)[ \t]*(?:\.\.[ \t]*(\d+|\*)[ \t]*)?\]")
_WORD = re.compile(rf"""!?"[^"\n]*"|!?{_NAME}|<=>|=>|\S""")
_COMMENT = re.compile(rf"""{_NAME}|"[^"\n]*"|'[^'\n]*'|//[^\n]*|/\*.*?(?:\*/|\Z)""", re.DOTALL)
_NOTE = re.compile(r'//[ \t]*fates: (\w+)(?: (\d{1,18}))? ("(?:[^"\\]|\\.)*")(?:: (.*))?')
_GROUP_KINDS = frozenset(("mandatory", "optional", "alternative", "or"))
_SECTIONS = frozenset(("namespace", "include", "imports", "features", "constraints"))
_TYPES = frozenset(("String", "Integer", "Boolean", "Real"))
_LEVELS_OF_UVL = frozenset(
    (
        "Boolean",
        "Arithmetic",
        "Type",
        "group-cardinality",
        "feature-cardinality",
        "aggregate-function",
        "string-constraints",
        "*",
    )
)


def read(path: Path) -> Imported:
    """Read a UVL file, and the files it imports.

    Parameters
    ----------
    path : Path
        ``.uvl`` or ``.uvl.gz``. Imports are looked for beside the importing file, never outside the folder of `path`.

    Returns
    -------
    Imported
        Features in the order of the file. Constraints without a note of ours are ``constraint-1`` and so on, technical.
        Arithmetic over few features becomes a formula; other arithmetic, typed and text constraints are kept.

    Raises
    ------
    UserError
        Every fault found, with line and column. Feature cardinalities other than [1..1] are refused.

    Notes
    -----
    Time and memory grow linearly with the file; no recursion follows its nesting.
    """
    folder = path.parent.resolve()
    return _imported(decoded(bytes_of(path), str(path)), str(path), _Folder(folder, folder, [path.resolve()], [0]))


def read_text(text: str, name: str = "<text>") -> Imported:
    """Read UVL from a text, which then cannot import anything; see `read`."""
    return _imported(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), name, None)


def _imported(text: str, name: str, folder: _Folder | None) -> Imported:
    with _no_collection():
        part = _Reader(text, name, folder, "").read()
        constraints = _named(part.constraints)
        model = FeatureModel(tuple(part.features.values()), tuple(part.groups), tuple(constraints))
    return Imported(model, tuple(part.kept), tuple(part.remarks))


def _named(found: list[_Found]) -> list[Constraint]:
    """Constraints with the ids their notes give, or those of their positions."""
    taken = {note.id for _, note in found if note is not None}
    constraints = []
    for position, (formula, note) in enumerate(found, 1):
        if note is not None:
            constraints.append(Constraint(note.id, formula, note.level, note.weight))
            continue
        own = ordinary_id(position)
        while own in taken:
            own += "-again"
        constraints.append(Constraint(own, formula))
    return constraints


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection while many small values are made that all stay; it finds nothing and costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where imports are looked for: beside the file, inside the outermost folder, never in a file being read."""

    outermost: Path
    here: Path
    being_read: list[Path]
    count: list[int]


@dataclass(frozen=True, slots=True)
class _Note:
    """What a comment of ours says of the constraint beside it, or, with a text, instead of it."""

    level: Level
    weight: int
    id: str
    text: str | None
    column: int


_Found = tuple[Formula, _Note | None]


@dataclass(slots=True)
class _Part:
    """What one file gives, itself and its imports."""

    features: dict[str, Feature] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    constraints: list[_Found] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    root: str | None = None


@dataclass(slots=True)
class _OpenGroup:
    kind: str
    parent: str
    line: int
    column: int
    minimum: int = 0
    maximum: int | None = 0
    members: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Import:
    part: _Part
    line: int
    column: int
    is_referenced: bool = False


class _Literals(dict[str, Formula | None]):
    """Formulas of literals by the word that stands for them, ``!"A b"`` as well as ``A``; made once, then shared."""

    def __init__(self, features: dict[str, Feature], prefix: str) -> None:
        super().__init__()
        self._features = features
        self._prefix = prefix

    def __missing__(self, word: str) -> Formula | None:
        made: Formula | None = None
        if word[:1] == "!":
            bare = word[1:].lstrip(" \t")
            inner = self[bare] if bare[:1] != "!" else None
            made = None if inner is None else negation(inner)
        elif word[:1] == '"':
            if word.find('"', 1) == len(word) - 1 > 1:
                made = self._feature(word[1:-1])
        elif _STRICT_NAME.fullmatch(word):
            made = self._feature(word)
        self[word] = made
        return made

    def _feature(self, name: str) -> Formula | None:
        return feature(self._prefix + name) if self._prefix + name in self._features else None


class _Reader:
    """One file being read."""

    def __init__(self, text: str, name: str, folder: _Folder | None, prefix: str) -> None:
        self._name = name
        self._folder = folder
        self._prefix = prefix
        self._faults = Faults(name)
        self._part = _Part()
        self._imports: dict[str, _Import] = {}
        self._opened: list[_OpenGroup | Group] = []
        self._line_of: dict[str, int] = {}
        self._attribute_constraints: list[list[Token]] = []
        self._notes: dict[int, _Note] = {}
        self._noted: set[str] = set()
        self._seen_sections: dict[str, int] = {}
        self._spans_lines = True
        self._lines = self._without_comments(text).split("\n")

    def read(self) -> _Part:
        lines = self._lines
        index = 0
        handlers: dict[str, Callable[[int], int]] = {
            "include": self._read_levels,
            "imports": self._read_imports,
            "features": self._read_tree,
            "constraints": self._read_constraints,
        }
        while index < len(lines):
            body = lines[index].strip(" \t")
            if not body:
                index += 1
                continue
            word, rest = [*body.split(None, 1), ""][:2]
            column = _indented(lines[index]) + 1
            if column > 1 and word not in _SECTIONS:
                self._faults.add(f'"{shortened(body)}" belongs to no section', index + 1, column, _SECTION_HINT)
                index = self._after_indented(index + 1)
                continue
            if word not in _SECTIONS:
                self._faults.add(
                    f'"{shortened(body)}" is no section; sections begin at the left margin',
                    index + 1,
                    column,
                    _SECTION_HINT,
                )
                index += 1
                continue
            if word in self._seen_sections:
                self._faults.add(f"there is a second section {word}", index + 1, column, "Join the two.")
            elif word != "constraints" and "constraints" in self._seen_sections:
                self._faults.add(f"the section {word} stands after constraints", index + 1, column, _SECTION_HINT)
            elif word == "imports" and "features" in self._seen_sections:
                self._faults.add("the section imports stands after features", index + 1, column, _SECTION_HINT)
            self._seen_sections.setdefault(word, index + 1)
            index += 1
            if word == "namespace":
                self._read_namespace(rest, index, column)
            else:
                if rest.strip():
                    self._faults.add(f'"{shortened(rest.strip())}" stands after {word}', index, column + len(word) + 1)
                index = handlers[word](index)
        if self._part.root is None and not self._faults:
            what = "the file has no section features" if self._seen_sections else "the file is empty"
            if "features" in self._seen_sections:
                self._faults.add("the section features is empty", self._seen_sections["features"], 1)
            else:
                self._faults.add(what, 1, 1, "A UVL file begins with the line features, the root indented below it.")
        self._close_groups()
        if self._part.root is not None:
            self._read_waiting_constraints()
        for alias, imported in self._imports.items():
            if not imported.is_referenced:
                text = f'the import "{shortened(alias)}" is not used in the tree; its constraints are left out'
                self._remark(text, imported.line, imported.column)
        self._faults.raise_found()
        return self._part

    # Lines and sections

    def _without_comments(self, text: str) -> str:
        if "/*" in text:
            text = _COMMENT.sub(lambda match: self._blank(match, text), text)
        if "//" not in text:
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if "//" in line:
                lines[index] = _COMMENT.sub(partial(self._blank_note, index), line)
        return "\n".join(lines)

    def _blank(self, match: re.Match[str], text: str) -> str:
        found = match[0]
        if found.startswith("/*"):
            if not found.endswith("*/") or len(found) < 4:
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                self._faults.add("a comment is never closed", line, column, "Close it by */.")
            return "".join(letter if letter == "\n" else " " for letter in found)
        return found

    def _blank_note(self, index: int, match: re.Match[str]) -> str:
        found = match[0]
        if not found.startswith("//"):
            return found
        note = _NOTE.fullmatch(found.rstrip(" \t"))
        if note and note[1] in LEVELS:
            try:
                own = str(json.loads(note[3]))
            except ValueError:
                return ""
            column = match.start() + 1 + max(note.start(4), 0)
            own = self._prefix + own
            if own in self._noted:
                self._faults.add(f'the constraint "{shortened(own)}" is declared twice', index + 1, match.start() + 1)
            self._noted.add(own)
            self._notes[index] = _Note(cast(Level, note[1]), max(1, int(note[2] or 1)), own, note[4], column)
        return ""

    def _after_indented(self, index: int) -> int:
        lines = self._lines
        while index < len(lines) and (not lines[index] or lines[index][0] in " \t"):
            index += 1
        return index

    def _remark(self, text: str, line: int, column: int) -> None:
        self._part.remarks.append(Remark(text, self._faults.place(line, column)))

    def _misread(self, misread: Misread) -> None:
        self._faults.add(misread.what, misread.line, misread.column, misread.way_on)

    def _read_namespace(self, rest: str, line: int, column: int) -> None:
        tokens = list(tokens_of(rest, line))
        if not tokens or tokens[0].kind != "name" or dotted_end(tokens) != len(tokens):
            self._faults.add("namespace takes one name", line, column)

    def _read_levels(self, index: int) -> int:
        end = self._after_indented(index)
        for at in range(index, end):
            body = self._lines[at].strip(" \t")
            if body and not all(word in _LEVELS_OF_UVL for word in body.split(".")):
                text = f'the language level "{shortened(body)}" is not known; it is passed over'
                self._remark(text, at + 1, _indented(self._lines[at]) + 1)
        return end

    def _read_imports(self, index: int) -> int:
        end = self._after_indented(index)
        for at in range(index, end):
            line = self._lines[at]
            tokens = list(tokens_of(line.rstrip(" \t"), at + 1))
            if not tokens:
                continue
            try:
                self._read_import(tokens)
            except Misread as misread:
                self._misread(misread)
        return end

    def _read_import(self, tokens: list[Token]) -> None:
        first = tokens[0]
        if first.kind != "name":
            raise Misread(
                f'"{shortened(first.text)}" stands where the name of a file is expected', first.line, first.column
            )
        names, end = dotted(tokens, 0)
        alias = names
        if end < len(tokens) and tokens[end].text == "as":
            if end + 1 >= len(tokens) or tokens[end + 1].kind != "name":
                raise Misread("as is followed by a name", tokens[end].line, tokens[end].column)
            alias, end = dotted(tokens, end + 1)
        if end < len(tokens):
            extra = tokens[end]
            raise Misread(f'"{shortened(extra.text)}" stands after the import', extra.line, extra.column)
        called = ".".join(alias)
        if called in self._imports:
            raise Misread(
                f'two imports are called "{shortened(called)}"', first.line, first.column, 'Add "as" and a name.'
            )
        path = self._found(names, first)
        folder = self._folder
        assert folder is not None
        if path in folder.being_read:
            cycle = [each.name for each in (*folder.being_read[folder.being_read.index(path) :], path)]
            raise Misread(f"files import each other: {' > '.join(cycle)}", first.line, first.column)
        folder.count[0] += 1
        if len(folder.being_read) > DEEPEST_IMPORT or folder.count[0] > MOST_IMPORTS:
            raise Misread(
                "too many imports", first.line, first.column, f"At most {MOST_IMPORTS}, {DEEPEST_IMPORT} deep."
            )
        shown = (
            str(Path(self._name).parent / path.relative_to(folder.here))
            if path.is_relative_to(folder.here)
            else str(path)
        )
        folder.being_read.append(path)
        inner = _Folder(folder.outermost, path.parent, folder.being_read, folder.count)
        try:
            part = _Reader(decoded(bytes_of(path), shown), shown, inner, f"{self._prefix}{called}.").read()
            self._imports[called] = _Import(part, first.line, first.column)
        except UserErrors as faults:
            self._faults.add_all(faults.faults, first.line)
        except UserError as fault:
            self._faults.add_all((fault,), first.line)
        finally:
            folder.being_read.pop()

    def _found(self, names: tuple[str, ...], token: Token) -> Path:
        """The file of an import; never outside the folder of the outermost file, not even by a link."""
        shown = "/".join(names)
        if self._folder is None:
            raise Misread("a text without a file cannot import", token.line, token.column)
        if any(part in ("", ".", "..") or set(part) & set('/\\:\0"') for name in names for part in name.split(".")):
            raise Misread(f'"{shortened(shown)}" is no file beside this one', token.line, token.column)
        base = self._folder.here.joinpath(*names)
        for suffix in (".uvl", ".uvl.gz"):
            candidate = base.with_name(base.name + suffix)
            try:
                path = candidate.resolve()
                exists = path.is_file()
            except OSError:
                continue
            if exists and not path.is_relative_to(self._folder.outermost):
                raise Misread(
                    f'the import "{shortened(shown)}" leads out of the folder',
                    token.line,
                    token.column,
                    "Put the file beside this one.",
                )
            if exists:
                return path
        raise Misread(f'there is no file "{shortened(shown)}.uvl" beside this one', token.line, token.column)

    # The tree

    def _read_tree(self, index: int) -> int:
        lines = self._lines
        features = self._part.features
        line_of = self._line_of
        widths: dict[str, int] = {}
        open_widths: list[int] = []
        owners: list[str | _OpenGroup] = []
        prefix = self._prefix
        match_feature = _FEATURE_LINE.fullmatch
        while index < len(lines):
            line = lines[index]
            body = line.strip(" \t")
            index += 1
            if not body:
                continue
            indent = line[: line.index(body[0])]
            if not indent:
                index -= 1
                break
            width = widths.get(indent)
            if width is None:
                width = widths[indent] = len(indent.expandtabs(8))
            dedented = False
            while open_widths and open_widths[-1] > width:
                open_widths.pop()
                owners.pop()
                dedented = True
            if open_widths:
                if open_widths[-1] == width:
                    open_widths.pop()
                    owners.pop()
                elif dedented:
                    self._faults.add("the indentation fits no line above", index, len(indent) + 1, _INDENT_HINT)
            owner = owners[-1] if owners else None
            if body in _GROUP_KINDS or body[0] == "[":
                if type(owner) is not str:
                    self._faults.add(
                        f"the group {shortened(body)} stands below no feature", index, len(indent) + 1, _INDENT_HINT
                    )
                    # A group without a place still takes its members, so that they are not faults of their own.
                    owner = ""
                group = self._opened_group(body, owner, index, len(indent) + 1)
                self._opened.append(group)
                open_widths.append(width)
                owners.append(group)
                continue
            match = match_feature(body)
            if match is not None and (match[1] or match[2] not in KEYWORDS):
                declared = prefix + (match[1] or match[2])
                made = Feature(declared, None if owner is None else _parent_of(owner), match[3] is not None)
            else:
                try:
                    made, index = self._declared(index - 1, len(indent), owner)
                except Misread as misread:
                    self._misread(misread)
                    index = max(index, misread.line)
                    # Keep its place, so that the lines below are not faults of their own.
                    open_widths.append(width)
                    owners.append("")
                    continue
                declared = made.id
            if owner is None:
                if self._part.root is None:
                    self._part.root = declared
                else:
                    what = f'"{shortened(declared)}" would be a second root beside "{shortened(self._part.root)}"'
                    self._faults.add(what, index, len(indent) + 1, _INDENT_HINT)
            elif type(owner) is str:
                what = f'"{shortened(declared)}" stands directly below the feature "{shortened(owner)}"'
                way_on = "Put a line mandatory, optional, or, alternative or [n..m] between them."
                if owner:
                    self._faults.add(what, index, len(indent) + 1, way_on)
            else:
                cast(_OpenGroup, owner).members.append(declared)
            if declared in line_of:
                what = f'the feature "{shortened(declared)}" is declared twice, first in line {line_of[declared]}'
                self._faults.add(what, index, len(indent) + 1)
            else:
                line_of[declared] = index
                if declared not in features:
                    features[declared] = made
            open_widths.append(width)
            owners.append(declared)
        return index

    def _opened_group(self, body: str, parent: str, line: int, column: int) -> _OpenGroup:
        if body[0] != "[":
            return _OpenGroup(body, parent, line, column)
        match = _CARDINALITY.fullmatch(body)
        if match is None or len(body) > 60:
            self._faults.add(f'"{shortened(body)}" is no cardinality', line, column, "Write [2..4], [1..*] or [2].")
            return _OpenGroup("optional", parent, line, column)
        minimum = int(match[1])
        maximum = None if match[2] == "*" else int(match[2] or match[1])
        if maximum is not None and maximum < minimum:
            self._faults.add(f"{body} can never hold: {minimum} is more than {maximum}", line, column)
            return _OpenGroup("optional", parent, line, column)
        return _OpenGroup("cardinality", parent, line, column, minimum, maximum)

    def _close_groups(self) -> None:
        """Turn groups into those of the model, now that their members are known."""
        groups = self._part.groups
        for group in self._opened:
            if isinstance(group, Group):
                groups.append(group)
                continue
            members, size = tuple(group.members), len(group.members)
            if not size:
                if not self._faults:
                    self._faults.add(f"the group {group.kind} has no members", group.line, group.column)
            elif group.kind == "mandatory":
                groups.append(Group(group.parent, members, size, size))
            elif group.kind == "alternative":
                groups.append(Group(group.parent, members, 1, 1))
            elif group.kind == "or":
                groups.append(Group(group.parent, members, 1, size))
            elif group.kind == "cardinality":
                if group.minimum > size:
                    what = f"the group asks for {group.minimum} members and has {size}; it can never hold"
                    self._faults.add(what, group.line, group.column)
                    continue
                maximum = size if group.maximum is None else group.maximum
                if maximum > size:
                    self._remark(f"the group allows {maximum} members and has {size}", group.line, group.column)
                groups.append(Group(group.parent, members, group.minimum, min(maximum, size)))

    def _declared(self, index: int, column: int, owner: str | _OpenGroup | None) -> tuple[Feature, int]:
        """A feature with a type, a cardinality, attributes, or from an import; and the index of the line after it."""
        tokens, after = self._spanning(index, column)
        at = 0
        first = tokens[0]
        attributes: dict[str, object] = {}
        abstract = False
        if first.text in _TYPES and len(tokens) > 1 and tokens[1].kind == "name":
            if first.text != "Boolean":
                attributes[TYPE_KEY] = first.text
            at = 1
        token = tokens[at]
        if token.kind != "name":
            way_on = "Put names that do not begin with a letter in quotes." if token.kind == "number" else ""
            raise Misread(
                f'"{shortened(token.text)}" stands where a feature is expected', token.line, token.column, way_on
            )
        if token.text in KEYWORDS and len(tokens) == at + 1:
            raise Misread(
                f"{token.text} is a word of UVL and stands where a feature is expected",
                token.line,
                token.column,
                "Put it in quotes to use it as a name.",
            )
        names, at = dotted(tokens, at)
        if at < len(tokens) and tokens[at].text == "cardinality":
            bounds = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
            if bounds.text not in ("[1..1]", "[1]"):
                # Noted, not raised: the feature stays declared, so that its mentions are not faults as well.
                self._faults.add(
                    f'"{shortened(names[-1])}" may be chosen several times; feature cardinalities are not supported',
                    tokens[at].line,
                    tokens[at].column,
                    "Write each copy as a feature of its own.",
                )
            at += 2
        if at < len(tokens) and tokens[at].text == "{":
            attributes_read, at = self._read_attributes(tokens, at, 0)
            abstract = attributes_read.pop("abstract", False) is True
            attributes |= attributes_read
        if at < len(tokens):
            extra = tokens[at]
            raise Misread(f'"{shortened(extra.text)}" stands after the feature', extra.line, extra.column)
        parent = None if owner is None else _parent_of(owner)
        for cut in range(len(names) - 1, 0, -1):
            imported = self._imports.get(".".join(names[:cut]))
            if imported is not None:
                return self._spliced(imported, names[cut:], parent, attributes, token), after
        return Feature(self._prefix + ".".join(names), parent, abstract, attributes), after

    def _spliced(
        self, imported: _Import, names: tuple[str, ...], parent: str | None, attributes: dict[str, object], token: Token
    ) -> Feature:
        """The root of an imported file, with everything below it taken over."""
        part = imported.part
        assert part.root is not None
        root = part.features[part.root]
        own_name = root.id[len(self._prefix) :]
        if not own_name.endswith("." + ".".join(names)) and own_name != ".".join(names):
            wanted = ".".join(names)
            raise Misread(
                f'the imported file has the root "{shortened(own_name)}", not "{shortened(wanted)}"',
                token.line,
                token.column,
            )
        if imported.is_referenced:
            raise Misread(f'the import "{shortened(own_name)}" stands in the tree twice', token.line, token.column)
        imported.is_referenced = True
        if attributes:
            self._remark(
                "attributes beside an import are passed over; they stand in its file", token.line, token.column
            )
        made = Feature(root.id, parent, root.abstract, root.attributes)
        for each in part.features.values():
            if each.id in self._part.features:
                raise Misread(f'the feature "{shortened(each.id)}" is declared twice', token.line, token.column)
            self._part.features[each.id] = made if each is root else each
            if each is not root:
                self._line_of[each.id] = token.line
        self._opened += part.groups
        self._part.kept += part.kept
        self._part.remarks += part.remarks
        return made

    def _spanning(self, index: int, column: int = 0) -> tuple[list[Token], int]:
        """The words from a line on, over the following lines while a bracket is open; and the index after them."""
        depth = 0
        tokens: list[Token] = []
        at = index
        while at < len(self._lines):
            for token in tokens_of(self._lines[at].rstrip(" \t"), at + 1):
                tokens.append(token)
                if token.kind == "sign":
                    if token.text in "([{":
                        depth += 1
                    elif token.text in ")]}":
                        depth -= 1
            at += 1
            if depth <= 0 or not self._spans_lines:
                return tokens, at
        # An open bracket that swallows the rest of the file is a fault of its line; look no further a second time.
        self._spans_lines = False
        return [token for token in tokens if token.line == index + 1], index + 1

    def _read_attributes(self, tokens: Sequence[Token], at: int, depth: int) -> tuple[dict[str, object], int]:
        """Attributes between braces; `at` is the opening one. Nested ones are bounded in depth."""
        opening = tokens[at]
        if depth > DEEPEST_ATTRIBUTE:
            what = f"attributes are nested more than {DEEPEST_ATTRIBUTE} deep"
            raise Misread(what, opening.line, opening.column)
        found: dict[str, object] = {}
        at += 1
        if at < len(tokens) and tokens[at].text == "}":
            return found, at + 1
        while at < len(tokens):
            token = tokens[at]
            if token.kind != "name":
                what = f'"{shortened(token.text)}" stands where an attribute is expected'
                raise Misread(what, token.line, token.column)
            at += 1
            if token.text == "constraint" and depth == 0:
                at = self._read_constraint_attribute(tokens, at, token)
            elif token.text == "constraints" and depth == 0 and at < len(tokens) and tokens[at].text == "[":
                at += 1
                while at < len(tokens) and tokens[at].text != "]":
                    at = self._read_constraint_attribute(tokens, at, token)
                    if at < len(tokens) and tokens[at].text == ",":
                        at += 1
                at += 1
            else:
                if token.name in found:
                    self._remark(f'the attribute "{shortened(token.name)}" is given twice', token.line, token.column)
                found[token.name], at = self._read_value(tokens, at, depth)
            if at < len(tokens) and tokens[at].text == "}":
                return found, at + 1
            if at < len(tokens) and tokens[at].text != ",":
                extra = tokens[at]
                what = f'"," or "}}" is missing before "{shortened(extra.text)}"'
                raise Misread(what, extra.line, extra.column)
            at += 1
        raise Misread('"{" is never closed', opening.line, opening.column)

    def _read_constraint_attribute(self, tokens: Sequence[Token], at: int, token: Token) -> int:
        """Note a constraint inside braces; it is read once every feature is known.

        It holds like any other, whether or not its feature is chosen (java-fm-metamodel, `getFeatureConstraints`).
        """
        start = at
        depth = 0
        while at < len(tokens):
            text = tokens[at].text if tokens[at].kind == "sign" else ""
            if not depth and text in (",", "}", "]"):
                break
            depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
            at += 1
        if start == at:
            raise Misread("a constraint is missing", token.line, token.column)
        self._attribute_constraints.append(list(tokens[start:at]))
        return at

    def _read_value(self, tokens: Sequence[Token], at: int, depth: int) -> tuple[object, int]:
        """The value of an attribute, True where there is none."""
        if at >= len(tokens):
            return True, at
        token = tokens[at]
        if token.text == "-" and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
            return _number(f"-{tokens[at + 1].text}", token), at + 2
        if token.kind == "number":
            return _number(token.text, token), at + 1
        if token.kind == "string":
            return token.text[1:-1], at + 1
        if token.text in ("true", "false"):
            return token.text == "true", at + 1
        if token.kind == "cardinality" and ".." not in token.text:
            return (_number(token.text[1:-1], token),), at + 1
        if token.text == "{":
            return self._read_attributes(tokens, at, depth + 1)
        if token.text == "[":
            if depth > DEEPEST_ATTRIBUTE:
                what = f"attributes are nested more than {DEEPEST_ATTRIBUTE} deep"
                raise Misread(what, token.line, token.column)
            values = []
            at += 1
            while at < len(tokens) and tokens[at].text != "]":
                start = at
                value, at = self._read_value(tokens, at, depth + 1)
                if at == start:
                    what = f'"{shortened(tokens[at].text)}" is no value'
                    raise Misread(what, tokens[at].line, tokens[at].column)
                values.append(value)
                if at < len(tokens) and tokens[at].text == ",":
                    at += 1
                elif at < len(tokens) and tokens[at].text != "]":
                    what = f'"," is missing before "{shortened(tokens[at].text)}"'
                    raise Misread(what, tokens[at].line, tokens[at].column)
            if at >= len(tokens):
                raise Misread('"[" is never closed', token.line, token.column)
            return tuple(values), at + 1
        if token.text in (",", "}", "]") or token.kind == "name":
            return True, at
        raise Misread(f'"{shortened(token.text)}" is no value', token.line, token.column)

    # Constraints

    def _read_constraints(self, index: int) -> int:
        lines = self._lines
        constraints = self._part.constraints
        literals = _Literals(self._part.features, self._prefix)
        notes = self._notes
        short_way = self._short_way
        append = constraints.append
        while index < len(lines):
            line = lines[index]
            body = line.strip(" \t")
            if not body:
                if notes and index in notes:
                    self._read_soft(index, literals)
                index += 1
                continue
            if line[0] not in " \t":
                break
            formula = short_way(body, literals)
            if formula is None:
                index = self._read_constraint(index)
                continue
            append((formula, notes.get(index)))
            index += 1
        return index

    def _short_way(self, body: str, literals: _Literals) -> Formula | None:
        """A plain Boolean constraint on one line; None if it is anything else, or faulty."""
        words = body.split(" | ")
        parts: list[Formula] = []
        for word in words:
            literal = literals[word]
            if literal is None:
                break
            parts.append(literal)
        else:
            return parts[0] if len(parts) == 1 else Formula("or", tuple(parts))
        found = self._by_precedence(_WORD.findall(body), literals)
        if found is None or (body.count("(") + body.count("=>") + body.count("!") > 40 and too_deep(found)):
            return None
        return found

    def _by_precedence(self, words: list[str], literals: _Literals) -> Formula | None:
        """``! & | => <=>`` over literals and parentheses, each open parenthesis with what stands before it."""
        conjuncts: list[Formula] = []
        disjuncts: list[Formula] = []
        premise: Formula | None = None
        side: Formula | None = None
        negations = 0
        frames: list[tuple[list[Formula], list[Formula], Formula | None, Formula | None, int]] = []
        rest = iter(words)
        for word in rest:
            if word == "(":
                if len(frames) >= DEEPEST:
                    return None
                frames.append((conjuncts, disjuncts, premise, side, negations))
                conjuncts, disjuncts, premise, side, negations = [], [], None, None, 0
                continue
            if word == "!":
                negations += 1
                if negations > DEEPEST:
                    return None
                continue
            current = literals[word]
            if current is None:
                return None
            while True:
                while negations:
                    current = negation(current)
                    negations -= 1
                word = next(rest, "")
                if word == "&":
                    conjuncts.append(current)
                    break
                if conjuncts:
                    conjuncts.append(current)
                    current = joined("and", conjuncts)
                    conjuncts = []
                if word == "|":
                    disjuncts.append(current)
                    break
                if disjuncts:
                    disjuncts.append(current)
                    current = joined("or", disjuncts)
                    disjuncts = []
                if premise is not None:
                    current = Formula("implies", (premise, current))
                    premise = None
                if word == "=>":
                    premise = current
                    break
                if side is not None:
                    current = Formula("iff", (side, current))
                    side = None
                if word == "<=>":
                    side = current
                    break
                if word == ")" and frames:
                    conjuncts, disjuncts, premise, side, negations = frames.pop()
                    continue
                return current if not word and not frames else None
        return None

    def _read_constraint(self, index: int) -> int:
        """A constraint that is not plain, or faulty; the index of the line after it."""
        tokens, after = self._spanning(index)
        self._understand(tokens, index)
        return after

    def _read_soft(self, index: int, literals: _Literals) -> None:
        """A preference, which only our own files hold, as a comment other tools pass over."""
        note = self._notes[index]
        if note.text is None or note.level != "preference":
            return
        formula = self._short_way(note.text.strip(" \t"), literals)
        if formula is not None:
            self._part.constraints.append((formula, note))
        else:
            padded = " " * (note.column - 1) + note.text
            self._understand(list(tokens_of(padded, index + 1)), index)

    def _read_waiting_constraints(self) -> None:
        """Those inside braces, and those of imported files, after the file's own."""
        for tokens in self._attribute_constraints:
            self._understand(tokens, None)
        for imported in self._imports.values():
            if imported.is_referenced:
                self._part.constraints += imported.part.constraints

    def _understand(self, tokens: list[Token], index: int | None) -> None:
        meaning = self._meaning()
        try:
            node, end = parsed(tokens)
            if end < len(tokens):
                extra = tokens[end]
                raise Misread(f'"{shortened(extra.text)}" means nothing here', extra.line, extra.column)
            unknown = meaning.unknown(node)
            for each in unknown:
                known = cast(dict[str, object], self._part.features)
                self._faults.add_unknown(self._prefix + ".".join(each.names), known, each.token.line, each.token.column)
            if not unknown:
                self._settle(node, meaning, index)
        except Misread as misread:
            self._misread(misread)

    def _settle(self, node: Node, meaning: Meaning, index: int | None) -> None:
        start = _leftmost(node)
        try:
            formula = meaning.formula(node)
        except Undecided as undecided:
            place = self._faults.place(start.line, start.column)
            self._part.kept.append(Kept(meaning.written(node), place, str(undecided)))
            return
        if formula is True:
            self._remark("the arithmetic always holds; the constraint says nothing", start.line, start.column)
            return
        if formula is False:
            assert self._part.root is not None
            self._remark("the arithmetic never holds; the model has no configuration", start.line, start.column)
            formula = negation(feature(self._part.root))
        elif has_arithmetic(node):
            text = f"read as {shortened(str(formula))}; an attribute counts 0 where its feature is not chosen"
            self._remark(text, start.line, start.column)
        elif too_deep(formula):
            raise Misread(f"the constraint is nested more than {DEEPEST} deep", start.line, start.column)
        self._part.constraints.append((formula, None if index is None else self._notes.get(index)))

    def _meaning(self) -> Meaning:
        if self._known_meaning is None:
            children: dict[str, list[str]] = {}
            for each in self._part.features.values():
                if each.parent is not None:
                    children.setdefault(each.parent, []).append(each.id)
            self._known_meaning = Meaning(self._part.features, self._prefix, children)
        return self._known_meaning

    _known_meaning: Meaning | None = None


_SECTION_HINT = "Sections are namespace, include, imports, features and constraints, in this order, at the left margin."
_INDENT_HINT = "Indent it like the lines it belongs to; a tab counts up to the next multiple of 8."


def _parent_of(owner: str | _OpenGroup) -> str:
    return owner if isinstance(owner, str) else owner.parent


def _indented(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _number(text: str, token: Token) -> int | float:
    if len(text) > 300:
        raise Misread("the number has more than 300 digits", token.line, token.column)
    return float(text) if "." in text else int(text)


def _leftmost(node: Node) -> Token:
    waiting, found = [node], node.token
    while waiting:
        current = waiting.pop()
        found = min(found, current.token, key=lambda token: (token.line, token.column))
        waiting += current.parts
    return found


def dotted_end(tokens: Sequence[Token]) -> int:
    """Index after the dotted name that the words begin with."""
    try:
        return dotted(tokens, 0)[1]
    except Misread:
        return -1
