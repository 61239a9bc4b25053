"""Make the pipeline around a sampler one of imbalanced-learn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports, assigned, qualified, without_alias
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

_PLAIN = ("sklearn.pipeline.Pipeline", "sklearn.pipeline.make_pipeline")
_PIPELINES = (".pipeline.Pipeline", ".pipeline.make_pipeline")


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """Import the pipeline from imbalanced-learn where its name is imported, else call it by its full name."""
    source = shop.source(finding.places[0].file)
    call = source.call_at(finding.places[0]) if source is not None else None
    if source is None or call is None:
        return
    name = qualified(source, call.func)
    if name not in _PLAIN or _holds_pipelines(source, call):
        return
    if isinstance(call.func, ast.Name):
        edits = _imported_elsewhere(source, call.func.id, name)
        if edits is not None:
            yield Proposal(edits)
            return
    added = after_imports(source, call, ["import imblearn.pipeline"])
    if added is not None:
        yield Proposal((source.edit(call.func, name.replace("sklearn", "imblearn")), added))


def _holds_pipelines(source: Source, call: ast.Call) -> bool:
    """imbalanced-learn takes no pipelines as steps of its own; those within a step, as of columns, may stay."""
    steps = _values(source, call, argument(call, 0, "steps"))
    if qualified(source, call.func).endswith("make_pipeline"):
        steps = [value for one in call.args for value in _values(source, call, one)]
    else:
        lists = [one.elts for one in steps if isinstance(one, ast.List | ast.Tuple)]
        pairs = [one for elements in lists for one in elements if isinstance(one, ast.Tuple) and len(one.elts) == 2]
        # Steps put together elsewhere: every call of them counts.
        rest: list[ast.expr] = (
            [] if lists else [node for one in steps for node in ast.walk(one) if isinstance(node, ast.Call)]
        )
        steps = [value for pair in pairs for value in _values(source, call, pair.elts[1])] + rest
    return any(isinstance(one, ast.Call) and qualified(source, one.func).endswith(_PIPELINES) for one in steps)


def _values(source: Source, call: ast.Call, node: ast.expr | None) -> list[ast.expr]:
    """What an argument may be: itself, or what is assigned to its name."""
    if isinstance(node, ast.Name):
        return assigned(source, node.id, source.scope_of(call)) or assigned(source, node.id, source.tree)
    return [node] if node is not None else []


def _imported_elsewhere(source: Source, bound: str, name: str) -> tuple[Edit, ...] | None:
    """The import of the name changed; its other users get a pipeline that does all that the plain one does."""
    found = [(statement, alias) for statement, alias, one, _ in source.imports if one == bound]
    if len(found) != 1 or not isinstance(found[0][0], ast.ImportFrom):
        return None
    calls = [node for node in source.nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    if any(_holds_pipelines(source, one) for one in calls if isinstance(one.func, ast.Name) and one.func.id == bound):
        return None
    statement, alias = found[0]
    start, end = source.span(statement)
    text = source.code[start:end].decode()
    if len(statement.names) == 1:
        match = re.match(r"from\s+(sklearn)\.pipeline\s", text)
        return (Edit(start + match.start(1), start + match.end(1), "imblearn"),) if match is not None else None
    if not source.stands_alone(statement):
        return None
    line = f"from imblearn.pipeline import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
    return without_alias(source, statement, alias), source.inserted_after(statement, [line])


FIXER = Fixer(
    rules=("sampler-in-plain-pipeline",),
    what=Text(
        en="take the pipeline from imbalanced-learn, which calls the sampler on training rows only",
        fr="prendre le pipeline d'imbalanced-learn, qui n'appelle le rééchantillonneur que sur les lignes "
        "d'apprentissage",
    ),
    safety="safe",
    proposals=proposals,
)
