"""Which code can be reached: what a call in code that nothing calls would show is no evidence.

Code that runs when a file is loaded is reached. In a file that no other file of the project imports, public functions
and classes are entry points: notebooks, scripts and programs elsewhere call them. In a file that others import, only
what reached code refers to is reached, classes with all their methods. A file in a folder of parts (a package whose
files are imported from outside it, with no program in it) that nothing imports is a part left on the shelf: its
functions are not entry points. Functions that a library's decorator registers are reached with their file.

Test files do not make code reached: a component whose own unit test is all that calls it is not in use.
"""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Definition, Module, OwnClass, OwnFunction, Record
from fatesline.checking.flow.values import Own


def reached(project: Project) -> set[Record]:
    """The records of all scopes outside test files that can be reached."""
    live: set[Record] = set()
    waiting: list[Record] = []
    modules = [module for module in project.modules.values() if not module.is_test]
    for module in modules:
        waiting.append(module.record)
        is_entry = _is_entry(module, project)
        for definition in module.definitions:
            outer = definition.frame is module.frame and definition.owner is None
            if (outer and definition.decorated) or (is_entry and outer and definition.is_public):
                waiting += _records(definition)
    while waiting:
        record = waiting.pop()
        if record in live or record.module.is_test:
            continue
        live.add(record)
        for definition in record.references:
            waiting += _records(definition)
    return live


def _records(definition: Definition) -> list[Record]:
    """Records that are reached with a definition: of a class, those of its methods and inner classes."""
    found = [definition.record]
    if isinstance(definition, OwnFunction) and definition.owner is not None:
        # A method in use means its class is: what else it calls on itself is reached too.
        found.append(definition.owner.record)
        definition = definition.owner
    if isinstance(definition, OwnClass):
        for one in definition.lineage():
            for member in one.names.values():
                if isinstance(member, Own) and member.definition.owner is one:
                    found.append(member.definition.record)
    return found


def _is_entry(module: Module, project: Project) -> bool:
    importers = [project.modules[path] for path in module.imported_by]
    if any(not importer.is_test for importer in importers):
        return False
    return module.runs or not _is_on_the_shelf(module, project)


def _is_on_the_shelf(module: Module, project: Project) -> bool:
    folder, _, name = module.path.rpartition("/")
    if not folder or name == "__init__.py":
        return False
    imported_from_outside = False
    for other in project.modules.values():
        beside, _, name = other.path.rpartition("/")
        if other.is_test or beside != folder:
            continue
        if other.runs:
            return False
        for path in other.imported_by:
            if path.rpartition("/")[0] != folder and not project.modules[path].is_test:
                imported_from_outside |= name != "__init__.py"
    return imported_from_outside


def runs_as_program(module: Module) -> bool:
    """Whether a file is written to be started: ``__main__.py``, or ``if __name__ == "__main__"``."""
    if PurePosixPath(module.path).name == "__main__.py":
        return True
    return any(
        isinstance(statement, ast.If)
        and isinstance(statement.test, ast.Compare)
        and isinstance(statement.test.left, ast.Name)
        and statement.test.left.id == "__name__"
        for statement in module.statements
    )
