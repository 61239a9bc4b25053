"""Transform test rows with what was learnt from training rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import within
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

#: Place the rows that they are fitted on, and no others.
_WITHOUT_TRANSFORM = (".DisparateImpactRemover", ".MDS", ".SpectralEmbedding", ".TSNE")


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """``fit_transform`` becomes ``transform`` where the same transformer is fitted before, and has a ``transform``."""
    source = shop.source(finding.places[0].file)
    if source is None or any(name.endswith(_WITHOUT_TRANSFORM) for name in finding.parameters.values()):
        return
    for call in source.calls_at(finding.places[0]):
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr == "fit_transform" and _is_fitted(source, call):
            end = source.span(function)[1]
            # The labels that fitting took are not for transform.
            more = call.args[1:] or call.keywords
            if len(call.args) == 1 and not more:
                yield Proposal((Edit(end - len("fit_transform"), end, "transform"),))


def _is_fitted(source: Source, call: ast.Call) -> bool:
    """Whether the transformer is fitted before, whichever way the program takes, and last on the rows that belong."""
    assert isinstance(call.func, ast.Attribute)
    if not isinstance(call.func.value, ast.Name | ast.Attribute):
        return False
    receiver = source.text(call.func.value)
    here = source.span(call)[0]
    before = [
        node
        for node in within(source.scope_of(call))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("fit", "fit_transform")
        and node.args
        and source.text(node.func.value) == receiver
        and source.span(node)[0] < here
    ]
    if not before:
        return False
    rows = {source.text(node.args[0]) for node in before}
    last = max(before, key=lambda node: source.span(node)[0])
    belongs = len(rows) == 1 or _bare(source.text(last.args[0])) == _bare(source.text(call.args[0]))
    return belongs and _is_always_run_before(source, last, call)


def _bare(rows: str) -> str:
    """The name of rows without the side of the split."""
    return re.sub(r"_?(train(ing)?|tr|valid(ation)?|val|dev|test(ing)?|te|holdout)(?![a-z])_?", "", rows.lower())


def _is_always_run_before(source: Source, first: ast.Call, then: ast.Call) -> bool:
    """Whether the statement of one call stands among those around the other, so that no branch leaves it out."""
    block = source.block_of(source.statement_of(first))
    around: ast.AST = source.statement_of(then)
    while isinstance(around, ast.stmt):
        if around in block:
            return True
        parent = source.parents.get(around)
        while parent is not None and not isinstance(parent, ast.stmt):
            parent = source.parents.get(parent)
        if parent is None:
            break
        around = parent
    return False


FIXER = Fixer(
    rules=("fitted-on-test-rows", "mitigation-fitted-on-test-rows"),
    what=Text(
        en="only transform the test rows, with what was learnt from the training rows",
        fr="seulement transformer les lignes de test, avec ce qui a été appris des lignes d'apprentissage",
    ),
    safety="safe",
    proposals=proposals,
)
