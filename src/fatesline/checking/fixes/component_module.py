"""Put the module of a missing component beside the code, and mark the place where it is to be called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.checking.inventory import is_test_file

_TARGET = "sklearn"

#: Slots whose work comes before the model is fitted; the others come behind.
_BEFORE_FIT = frozenset({
    "start_run", "check_table", "split_table", "training_rows", "prepare_columns", "estimator", "wrap_training",
    "anonymise_training", "wrap_predictions",
})  # fmt: skip


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """The catalog's module beside the first file that trains, which imports it and names its function in a comment."""
    feature = finding.feature
    entry = shop.catalog.entries.get(feature)
    fills = entry.code.get(_TARGET, ()) if entry is not None else ()
    if entry is None or not fills:
        return
    module = shop.catalog.module(feature, _TARGET)
    if module is None:
        return
    source, place = _training(shop)
    if source is None or place is None:
        return
    folder = PurePosixPath(source.name).parent
    path = str(folder / f"{feature}.py")
    if any(PurePosixPath(file).name == f"{feature}.py" for file in shop.files):
        return
    functions = ", ".join(f"{feature}.{fill.function}(...)" for fill in fills)
    mark = f"# fates: call {functions} here: {entry.title.in_language('en')}"
    before = fills[0].slot in _BEFORE_FIT
    marked = source.inserted_before(place, [mark]) if before else source.inserted_after(place, [mark])
    # Imported, so that it is known to wait for a call; a module that nothing imports could be a program of its own.
    added = after_imports(source, place, [_import(source, feature, shop)])
    if added is not None and all(name != feature for _, _, name, _ in source.imports):
        new_files = {path: module.read_text(encoding="utf-8")}
        yield Proposal((marked, added), is_safe=False, new_files=new_files, is_complete=False, file=source.name)


def _import(source: Source, feature: str, shop: Workshop) -> str:
    folder = PurePosixPath(source.name).parent
    relative = any(isinstance(node, ast.ImportFrom) and node.level for node in source.nodes)
    if relative and str(folder / "__init__.py") in shop.files:
        return f"from . import {feature}"
    return f"import {feature}"


def _training(shop: Workshop) -> tuple[Source | None, ast.stmt | None]:
    """The first statement that fits something, in the first file that has one."""
    for file in shop.files:
        raw = shop.raw(file) if file.endswith((".py", ".ipynb")) and not is_test_file(file) else None
        if raw is None or b".fit(" not in raw:
            continue
        source = shop.source(file)
        if source is None:
            continue
        fits = [
            source.statement_of(node)
            for node in source.nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fit"
        ]
        fits = [one for one in fits if source.stands_alone(one) and not isinstance(one, ast.Return)]
        if fits:
            return source, min(fits, key=lambda one: one.lineno)
    return None, None


FIXER = Fixer(
    rules=("required-component-missing", "required-component-not-shown"),
    what=Text(
        en="put the component's module beside the code that trains, and mark the place where it is to be called",
        fr="placer le module du composant à côté du code d'apprentissage, et marquer l'endroit où l'appeler",
    ),
    safety="unsafe",
    proposals=proposals,
)
