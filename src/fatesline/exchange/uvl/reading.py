"""Reading UVL: sections and imports.

One pass over the lines. A line of the tree and a plain Boolean constraint take a short way (one regular expression, one
dictionary look-up per word); whatever does not fit, attributes, arithmetic and every fault, goes word by word through
`expressions`, which knows columns. Grammar: UVLParser.g4 of github.com/Universal-Variability-Language/uvl-parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fatesline.errors import UserError, UserErrors
from fatesline.exchange.files import bytes_of, decoded
from fatesline.exchange.imported import Enough, Imported, ordinary_id, shortened, without_collection
from fatesline.exchange.uvl.constraints import ConstraintReader
from fatesline.exchange.uvl.expressions import Misread, Token, dotted, tokens_of
from fatesline.exchange.uvl.file import File, Found, Import, Part, indented
from fatesline.exchange.uvl.tree import TreeReader
from fatesline.model.features import Constraint, FeatureModel

MOST_IMPORTS = 1000
DEEPEST_IMPORT = 32

_SECTIONS = frozenset(("namespace", "include", "imports", "features", "constraints"))
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
_BLANKS = re.compile(r"[ \t]+")
_SECTION_HINT = "Sections are namespace, include, imports, features and constraints, in this order, at the left margin."


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
    with without_collection():
        part = _Reader(text, name, folder, "").read()
        constraints = _named(part.constraints)
        model = FeatureModel(tuple(part.features.values()), tuple(part.groups), tuple(constraints))
    return Imported(model, tuple(part.kept), tuple(part.remarks))


def _named(found: list[Found]) -> list[Constraint]:
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


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where imports are looked for: beside the file, inside the outermost folder, never in a file being read."""

    outermost: Path
    here: Path
    being_read: list[Path]
    count: list[int]


class _Reader:
    """Reads one file, section by section."""

    def __init__(self, text: str, name: str, folder: _Folder | None, prefix: str) -> None:
        self._file = File(text, name, prefix)
        self._folder = folder
        self._tree = TreeReader(self._file)
        self._constraints = ConstraintReader(self._file)
        self._seen_sections: dict[str, int] = {}

    def read(self) -> Part:
        """What the file gives, with its imports; UserErrors for its faults."""
        try:
            return self._read()
        except Enough:
            self._file.faults.raise_found()
            raise AssertionError("there are faults") from None

    def _read(self) -> Part:
        file = self._file
        file.split()
        index = 0
        while index < len(file.lines):
            index = self._read_section(index) if file.lines[index].strip(" \t") else index + 1
        if file.part.root is None and not file.faults:
            self._miss_the_tree()
        self._tree.close_groups()
        if file.part.root is not None:
            if "constraints" not in self._seen_sections:
                self._constraints.read_preferences()
            self._constraints.read_waiting()
        for alias, imported in file.imports.items():
            if not imported.is_referenced:
                text = f'the import "{shortened(alias)}" is not used in the tree; its constraints are left out'
                file.remark(text, imported.line, imported.column)
        file.faults.raise_found()
        return file.part

    def _read_section(self, index: int) -> int:
        """A section that begins in this line; the index of the line after it."""
        file = self._file
        body = file.lines[index].strip(" \t")
        word, rest = [*_BLANKS.split(body, maxsplit=1), ""][:2]
        line, column = index + 1, indented(file.lines[index]) + 1
        if word not in _SECTIONS:
            what = "belongs to no section" if column > 1 else "is no section; sections begin at the left margin"
            file.faults.add(f'"{shortened(body)}" {what}', line, column, _SECTION_HINT)
            return file.after_indented(index + 1) if column > 1 else index + 1
        if word in self._seen_sections:
            file.faults.add(f"there is a second section {word}", line, column, "Join the two.")
        elif word != "constraints" and "constraints" in self._seen_sections:
            file.faults.add(f"the section {word} stands after constraints", line, column, _SECTION_HINT)
        elif word == "imports" and "features" in self._seen_sections:
            file.faults.add("the section imports stands after features", line, column, _SECTION_HINT)
        self._seen_sections.setdefault(word, line)
        if word == "namespace":
            self._read_namespace(rest, line, column)
            return index + 1
        if rest:
            file.faults.add(f'"{shortened(rest)}" stands after {word}', line, column + len(word) + 1)
        readers: dict[str, Callable[[int], int]] = {
            "include": self._read_levels,
            "imports": self._read_imports,
            "features": self._tree.read,
            "constraints": self._constraints.read,
        }
        return readers[word](index + 1)

    def _miss_the_tree(self) -> None:
        faults = self._file.faults
        way_on = "A UVL file begins with the line features, the root indented below it."
        if "features" in self._seen_sections:
            faults.add("the section features is empty", self._seen_sections["features"], 1, way_on)
        else:
            what = "the file has no section features" if self._seen_sections else "the file is empty"
            faults.add(what, 1, 1, way_on)

    def _read_namespace(self, rest: str, line: int, column: int) -> None:
        tokens = list(tokens_of(rest, line))
        try:
            if tokens and tokens[0].kind == "name" and dotted(tokens, 0)[1] == len(tokens):
                return
        except Misread:
            pass
        self._file.faults.add("namespace takes one name", line, column)

    def _read_levels(self, index: int) -> int:
        end = self._file.after_indented(index)
        for at in range(index, end):
            body = self._file.lines[at].strip(" \t")
            if body and not all(word in _LEVELS_OF_UVL for word in body.split(".")):
                text = f'the language level "{shortened(body)}" is not known; it is passed over'
                self._file.remark(text, at + 1, indented(self._file.lines[at]) + 1)
        return end

    def _read_imports(self, index: int) -> int:
        end = self._file.after_indented(index)
        for at in range(index, end):
            line = self._file.lines[at]
            tokens = list(tokens_of(line.rstrip(" \t"), at + 1))
            if not tokens:
                continue
            try:
                self._read_import(tokens)
            except Misread as misread:
                self._file.misread(misread)
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
        if called in self._file.imports:
            raise Misread(
                f'two imports are called "{shortened(called)}"', first.line, first.column, 'Add "as" and a name.'
            )
        path = self._file_of(names, first)
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
            str(Path(self._file.name).parent / path.relative_to(folder.here))
            if path.is_relative_to(folder.here)
            else str(path)
        )
        folder.being_read.append(path)
        inner = _Folder(folder.outermost, path.parent, folder.being_read, folder.count)
        try:
            part = _Reader(decoded(bytes_of(path), shown), shown, inner, f"{self._file.prefix}{called}.").read()
            self._file.imports[called] = Import(part, first.line, first.column)
        except UserErrors as faults:
            self._file.faults.add_all(faults.faults, first.line)
        except UserError as fault:
            self._file.faults.add_all((fault,), first.line)
        finally:
            folder.being_read.pop()

    def _file_of(self, names: tuple[str, ...], token: Token) -> Path:
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
