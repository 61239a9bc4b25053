"""Transform test rows with what was learnt from training rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import within
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """``fit_transform`` becomes ``transform`` where the same transformer is fitted before."""
    source = shop.source(finding.places[0].file)
    if source is None:
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
    assert isinstance(call.func, ast.Attribute)
    if not isinstance(call.func.value, ast.Name | ast.Attribute):
        return False
    receiver = source.text(call.func.value)
    here = source.span(call)[0]
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("fit", "fit_transform")
        and source.text(node.func.value) == receiver
        and source.span(node)[0] < here
        for node in within(source.scope_of(call))
    )


FIXER = Fixer(
    rules=("fitted-on-test-rows", "mitigation-fitted-on-test-rows"),
    what=Text(
        en="only transform the test rows, with what was learnt from the training rows",
        fr="seulement transformer les lignes de test, avec ce qui a été appris des lignes d'apprentissage",
    ),
    safety="safe",
    proposals=proposals,
)
