"""Modules, functions and classes of the project under check, and what was seen in each."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from fatesline.checking.flow.values import Call, Known, Mark, Own, Value
from fatesline.model.places import Place

#: Stands for code that was dropped.
_GONE = ast.Pass()

#: Bases of a class that are looked up; longer chains are machine-made.
_LONGEST_LINEAGE = 20


class Seen(NamedTuple):
    """A call, import or handed-over name before it is known whether the code around it can be reached."""

    name: str
    role: str
    place: Place
    positional: tuple[str, ...]
    keywords: dict[str, str]


class Went(NamedTuple):
    """A watched mark that went into a call (its qualified name, ``?.method`` when unknown) or was handed out."""

    mark: Mark
    into: str
    keyword: str


class Record:
    """What was seen in one scope, nested scopes not included.

    Parameters
    ----------
    title : str
        Qualified name of the module, function or method.
    module : Module
    """

    __slots__ = ("calls", "made", "module", "references", "seen", "title", "went")

    def __init__(self, title: str, module: Module) -> None:
        self.title = title
        self.module = module
        self.seen: list[Seen] = []
        self.calls: list[Call] = []
        self.references: set[Definition] = set()
        self.made: list[Mark] = []
        self.went: list[Went] = []


class Definition:
    """A function, method or class that the project defines."""

    __slots__ = ("decorated", "escapes", "frame", "module", "name", "node", "owner", "qualified", "record")

    def __init__(
        self, node: ast.AST, name: str, qualified: str, module: Module, frame: Frame, owner: OwnClass | None
    ) -> None:
        self.node = node
        self.name = name
        self.qualified = qualified
        self.module = module
        self.frame = frame
        self.owner = owner
        self.record = Record(qualified, module)
        #: A decorator that is not the project's and not a mere wrapper registers it somewhere.
        self.decorated = False
        #: Handed over or called without its body being followed, so that what it says about any rows counts.
        self.escapes = False

    @property
    def is_public(self) -> bool:
        """Whether its name, and the class around it, invite calls from outside."""
        return (not self.name.startswith("_") or self.name.startswith("__")) and (
            self.owner is None or self.owner.is_public
        )

    def drop(self) -> None:
        """Give up the code and all that leads back here."""
        self.node = _GONE
        self.frame.names = {}
        self.record.references = set()


class OwnFunction(Definition):
    """A function or method of the project."""

    __slots__ = ("followed", "result", "size", "state")

    def __init__(
        self, node: ast.AST, name: str, qualified: str, module: Module, frame: Frame, owner: OwnClass | None
    ) -> None:
        super().__init__(node, name, qualified, module, frame, owner)
        self.state = "unread"
        self.result: Value | None = None
        #: Read again at a call, with what that call hands over.
        self.followed = False
        self.size = 0

    def drop(self) -> None:
        """Give up the code and all that leads back here."""
        super().drop()
        self.result = None


class OwnClass(Definition):
    """A class of the project; ``names`` holds methods and attributes, those set on ``self`` included."""

    __slots__ = ("bases", "names")

    def __init__(
        self, node: ast.AST, name: str, qualified: str, module: Module, frame: Frame, owner: OwnClass | None
    ) -> None:
        super().__init__(node, name, qualified, module, frame, owner)
        self.bases: list[Value] = []
        self.names: dict[str, Value] = {}

    def drop(self) -> None:
        """Give up the code and all that leads back here."""
        super().drop()
        self.bases = []
        self.names = {}

    def lineage(self) -> Iterator[OwnClass]:
        """The class and its bases within the project, nearest first."""
        found: list[OwnClass] = [self]
        for one in found:
            yield one
            for base in one.bases if len(found) < _LONGEST_LINEAGE else ():
                if isinstance(base, Own) and isinstance(base.definition, OwnClass) and base.definition not in found:
                    found.append(base.definition)

    def library_bases(self) -> list[str]:
        """Qualified names of the library classes it is derived from."""
        return [base.name for one in self.lineage() for base in one.bases if isinstance(base, Known)]


class Module:
    """One file of Python code.

    Parameters
    ----------
    path : str
        With forward slashes, relative to what is checked.
    name : str
        Dotted name as the project imports it.
    is_test : bool
    """

    __slots__ = (
        "cell_starts",
        "definitions",
        "frame",
        "imported_by",
        "is_test",
        "lines",
        "name",
        "path",
        "record",
        "runs",
        "starred",
        "state",
        "statements",
    )

    def __init__(self, path: str, name: str, *, is_test: bool = False) -> None:
        self.path = path
        self.name = name
        self.statements: tuple[ast.stmt, ...] = ()
        self.lines: list[str] | None = None
        self.cell_starts: tuple[int, ...] = ()
        self.is_test = is_test
        self.record = Record(name, self)
        self.frame = Frame({}, None, self, self.record)
        self.definitions: list[Definition] = []
        self.imported_by: set[str] = set()
        #: Libraries whose names were imported with a star.
        self.starred: list[str] = []
        self.runs = False
        self.state = "unread"

    def take(self, statements: tuple[ast.stmt, ...], text: str, cell_starts: tuple[int, ...]) -> None:
        """Hand the module its code.

        Parameters
        ----------
        statements : tuple of ast.stmt
        text : str
            The code, for columns of lines that are not ASCII.
        cell_starts : tuple of int
            For a notebook the number of lines before each cell; empty for a plain file.
        """
        self.statements = statements
        self.lines = None if text.isascii() else text.split("\n")
        self.cell_starts = cell_starts

    def drop(self) -> None:
        """Give up the code and all that leads back here, so that no search for garbage has to find it.

        Records keep what was seen.
        """
        self.statements = ()
        self.lines = None
        self.frame.names = {}
        for definition in self.definitions:
            definition.drop()
        self.definitions = []

    def place(self, node: ast.AST) -> Place:
        """Where a node stands."""
        line: int = getattr(node, "lineno", 0)
        column: int = getattr(node, "col_offset", -1) + 1
        if self.lines is not None and 0 < line <= len(self.lines):
            # ast counts bytes, people count characters.
            column = len(self.lines[line - 1].encode("utf-8", "replace")[: column - 1].decode("utf-8", "replace")) + 1
        if self.cell_starts:
            cell = bisect_right(self.cell_starts, line - 1) - 1
            return Place(self.path, line - self.cell_starts[cell], column, cell)
        return Place(self.path, line, column)


class Frame:
    """Names of one scope while it is read, and the scope around it."""

    __slots__ = ("level", "module", "names", "outer", "owner", "record", "results")

    def __init__(
        self,
        names: dict[str, Value],
        outer: Frame | None,
        module: Module,
        record: Record,
        owner: OwnClass | None = None,
        level: int = 0,
    ) -> None:
        self.names = names
        self.outer = outer
        self.module = module
        self.record = record
        self.owner = owner
        #: How many calls deep the reading follows.
        self.level = level
        self.results: list[Value] = []
