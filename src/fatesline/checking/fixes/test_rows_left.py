"""Leave the test rows as they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.workshop import Workshop


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """The rows take the place of the call that resampled them."""
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    for call in source.calls_at(finding.places[0]):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("fit_resample", "fit_sample"):
            continue
        rows, labels = argument(call, 0, "X"), argument(call, 1, "y")
        if rows is None or labels is None:
            return
        pair = f"{source.text(rows)}, {source.text(labels)}"
        statement = source.statement_of(call)
        whole = isinstance(statement, ast.Assign | ast.Return) and statement.value is call
        if (
            isinstance(statement, ast.Assign)
            and whole
            and [source.text(target).strip("()") for target in statement.targets] == [pair]
            and len(source.block_of(statement)) > 1
            and source.stands_alone(statement)
        ):
            yield Proposal((source.removed(statement),))
        yield Proposal((source.edit(call, pair if whole else f"({pair})"),))
        return


FIXER = Fixer(
    rules=("test-set-resampled",),
    what=Text(en="leave the test rows as they are", fr="laisser les lignes de test telles quelles"),
    safety="safe",
    proposals=proposals,
)
