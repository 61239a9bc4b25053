"""Take a secret from the environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports, imported, snake_case
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """``os.environ`` under the name of what the secret is given to."""
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    for node in source.at(finding.places[0]):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        name = _name(source, node)
        around = source.parents[node]
        # Code that must be constant: parts of an f-string, patterns, annotations, dictionary keys.
        if not name or isinstance(around, ast.JoinedStr | ast.FormattedValue | ast.MatchValue):
            return
        if isinstance(around, ast.Assign) and "environ" in source.text(around.targets[0]):
            return
        environ, lines = imported(source, "os", "environ", node)
        if lines:
            environ, lines = "os.environ", ["import os"]
        edits = [source.edit(node, f'{environ}["{name}"]')]
        if lines:
            added = after_imports(source, node, lines)
            if added is None:
                return
            edits.append(added)
        yield Proposal(tuple(edits), is_safe=False)
        return


def _name(source: Source, node: ast.Constant) -> str:
    """What the secret is given to, in capitals."""
    around = source.parents[node]
    name = ""
    if isinstance(around, ast.keyword):
        name = around.arg or ""
    elif isinstance(around, ast.Assign | ast.AnnAssign):
        target = around.targets[0] if isinstance(around, ast.Assign) else around.target
        name = getattr(target, "id", getattr(target, "attr", ""))
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name = str(target.slice.value)
    elif isinstance(around, ast.Dict) and node in around.values:
        key = around.keys[around.values.index(node)]
        name = str(key.value) if isinstance(key, ast.Constant) else ""
    name = snake_case(name).upper().replace("-", "_")
    return name if re.fullmatch(r"[A-Z_][A-Z0-9_]{0,60}", name) else ""


FIXER = Fixer(
    rules=("hard-coded-secret",),
    what=Text(
        en="take the secret from the environment; the one that was written down has to be revoked",
        fr="prendre le secret dans l'environnement ; celui qui était écrit est à révoquer",
    ),
    safety="unsafe",
    proposals=proposals,
)
