"""The files of a project as Python's import system would see them, and in which order to read them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from fatesline.checking.flow.scopes import Frame, Module, Record
from fatesline.checking.flow.settings import Settings
from fatesline.checking.flow.values import Call, Mark, Own, Value

Marker = Callable[[Call], Iterable[Mark]]
Follower = Callable[[Own, tuple[Value, ...], dict[str, Value], ast.AST, Frame, "Project"], Value]


class Project:
    """All modules under check.

    Parameters
    ----------
    modules : iterable of Module
        In the order of their paths.
    markers : sequence of callables
        What detectors see in a call: the marks that its result carries from then on.
    telling_roots : iterable of str
        Libraries whose calls detectors look at.
    follow : callable
        Reads a call of a function or class of the project.
    judge : callable
        Told every scope once it is read; may then forget its calls.
    settings : Settings, optional
        Files of settings that code may load; none by default.
    """

    def __init__(
        self,
        modules: Iterable[Module],
        *,
        markers: Sequence[Marker] = (),
        telling_roots: Iterable[str] = (),
        follow: Follower,
        judge: Callable[[Record], None],
        settings: Settings | None = None,
    ) -> None:
        self.modules = {module.path: module for module in modules}
        self.markers = tuple(markers)
        self.telling_roots = frozenset(telling_roots) | {"sklearn", "imblearn", "aif360"}
        self._follow = follow
        self.judge = judge
        self.settings = settings if settings is not None else Settings((), lambda path: None)
        #: Whether functions are read again for calls that hand over something that tells; not where only names count.
        self.follows = True
        #: How deep the expression being read is nested, over all calls that are being followed.
        self.depth = 0
        #: Calls followed so far, by file.
        self.followed: dict[str, int] = {}
        self._sources = 0
        self._at = {_stem(path): module for path, module in self.modules.items() if path.endswith((".py", ".pyw"))}
        self._folders = {str(parent) for stem in self._at for parent in PurePosixPath(stem).parents}
        self._roots = sorted({self._source_root(path) for path in self.modules})
        self._found: dict[tuple[str, str], str | None] = {}

    def follow(
        self, own: Own, positional: tuple[Value, ...], keywords: dict[str, Value], node: ast.AST, frame: Frame
    ) -> Value:
        """What calling something of the project gives."""
        return self._follow(own, positional, keywords, node, frame, self)

    def fresh_source(self) -> frozenset[int]:
        """A new origin of data."""
        self._sources += 1
        return frozenset((self._sources,))

    def module_at(self, location: str) -> Module | None:
        """The module of a location, which is a path without its suffix; a folder stands for its ``__init__``."""
        return self._at.get(location)

    def locate(self, dotted: str, importer: Module, level: int = 0) -> str | None:
        """Where an import leads within the project.

        Parameters
        ----------
        dotted : str
            As written, without leading dots; may be empty when ``level`` is positive.
        importer : Module
        level : int
            Number of leading dots.

        Returns
        -------
        str or None
            A location for :meth:`module_at`, or None when the import leaves the project.

        Notes
        -----
        Tried in turn: the importer's folder, the folders above it, the folders that hold the project's packages. A
        folder without ``__init__.py`` counts only where a file below it is asked for, so that a folder named after a
        library does not hide the library.
        """
        folder = importer.path.rpartition("/")[0] or "."
        key = (f"{level}{dotted}", folder)
        if key not in self._found:
            self._found[key] = self._located(dotted, folder, level)
        return self._found[key]

    def _located(self, dotted: str, folder: str, level: int) -> str | None:
        tail = dotted.replace(".", "/")
        above = _with_parents(folder)
        if level:
            if level > len(above):
                return None
            location = _below(above[level - 1], tail)
            return location if location in self._at or location in self._folders else None
        locations = (_below(root, tail) for root in (*above, *self._roots))
        return next((location for location in locations if location in self._at), None)

    def imported(self, location: str, importer: Module) -> None:
        """Note that a module imports what lies at a location."""
        module = self._at.get(location)
        if module is not None and module is not importer:
            module.imported_by.add(importer.path)

    def below(self, location: str, name: str) -> str | None:
        """The module or folder of that name inside a folder of the project."""
        inner = name if location == "." else f"{location}/{name}"
        return inner if inner in self._at or inner in self._folders else None

    def _source_root(self, path: str) -> str:
        return str(_package_root(PurePosixPath(path).parent, self._at))

    def in_order(self, modules: Sequence[Module]) -> Iterator[Module]:
        """The modules, imported ones before those that import them; cycles are cut where they close."""
        done = self.modules.keys() - {module.path for module in modules}
        for first in modules:
            waiting = [(first, iter(self._imports(first)))] if first.path not in done else []
            done.add(first.path)
            while waiting:
                module, remaining = waiting[-1]
                following = next((one for one in remaining if one.path not in done), None)
                if following is None:
                    waiting.pop()
                    yield module
                else:
                    done.add(following.path)
                    waiting.append((following, iter(self._imports(following))))

    def _imports(self, module: Module) -> list[Module]:
        found: list[Module] = []
        for statement in _outer_statements(module.statements):
            locations: list[str | None] = []
            if isinstance(statement, ast.Import):
                locations += [self.locate(alias.name, module) for alias in statement.names]
            elif isinstance(statement, ast.ImportFrom):
                base = self.locate(statement.module or "", module, statement.level)
                locations.append(base)
                for alias in statement.names:
                    dotted = f"{statement.module}.{alias.name}" if statement.module else alias.name
                    locations.append(self.locate(dotted, module, statement.level))
            found += [self._at[location] for location in locations if location in self._at]
        return found


def _with_parents(folder: str) -> list[str]:
    """A folder and those around it, the project's own last."""
    parts = folder.split("/") if folder != "." else []
    return ["/".join(parts[:number]) or "." for number in range(len(parts), -1, -1)]


def _below(folder: str, tail: str) -> str:
    if not tail:
        return folder
    return tail if folder == "." else f"{folder}/{tail}"


def dotted_name(path: str, stems: Collection[str]) -> str:
    """The name under which a file of the project is imported, from the folders with an ``__init__.py`` above it."""
    pure = PurePosixPath(path)
    root = _package_root(pure.parent, stems)
    parts = list(pure.relative_to(root).with_suffix("").parts) if str(root) != "." else list(pure.with_suffix("").parts)
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(part.replace(".", "_") for part in parts)


def _package_root(folder: PurePosixPath, stems: Collection[str]) -> PurePosixPath:
    while str(folder) != "." and str(folder) in stems:
        folder = folder.parent
    return folder


def stem(path: str) -> str:
    """The location of a file: its path without the suffix, and without ``/__init__``."""
    return _stem(path)


def _stem(path: str) -> str:
    bare = path.rsplit(".", 1)[0]
    if bare.endswith("/__init__"):
        return bare[: -len("/__init__")]
    return "." if bare == "__init__" else bare


def _outer_statements(statements: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run when the module is loaded, functions and classes left closed."""
    waiting = [iter(statements)]
    while waiting:
        statement = next(waiting[-1], None)
        if statement is None:
            waiting.pop()
            continue
        yield statement
        if isinstance(statement, ast.If | ast.Try | ast.With | ast.For | ast.While):
            inner = [*statement.body, *getattr(statement, "orelse", ()), *getattr(statement, "finalbody", ())]
            for handler in getattr(statement, "handlers", ()):
                inner += handler.body
            waiting.append(iter(inner))
