"""Compare groups where a model is evaluated."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports, assigned, bindings, free_name, imported, qualified
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.checking.inventory import is_test_file
from fatesline.model.places import Edit

FEATURE = "group_metrics"

#: Figures made of labels and predicted labels.
_FIGURES = frozenset(
    f"sklearn.metrics.{name}"
    for name in (
        "accuracy_score", "balanced_accuracy_score", "classification_report", "confusion_matrix", "f1_score",
        "precision_score", "recall_score",
    )
)  # fmt: skip
_SPLITS = ("sklearn.model_selection.train_test_split",)


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """A figure on test rows: where, the labels, the predictions as written, and the rows they are for."""

    statement: ast.stmt
    labels: str
    predictions: str
    rows: str


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """Rates by group behind the last evaluation of the first file that has one."""
    if finding.feature != FEATURE or not shop.protected:
        return
    for file in shop.files:
        raw = shop.raw(file) if file.endswith((".py", ".ipynb")) and not is_test_file(file) else None
        if raw is None or (b"sklearn.metrics" not in raw and b".score(" not in raw):
            continue
        source = shop.source(file)
        for evaluation in _evaluations(source)[::-1] if source is not None else []:
            assert source is not None
            edits = _compared(source, evaluation, shop.protected)
            if edits is not None:
                yield Proposal(edits, is_safe=False, file=file)
                return


def _evaluations(source: Source) -> list[_Evaluation]:
    found = []
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        statement = source.statement_of(node)
        if not source.stands_alone(statement) or isinstance(statement, ast.Return) or hasattr(statement, "body"):
            continue
        if qualified(source, node.func) in _FIGURES:
            labels, predictions = argument(node, 0, "y_true"), argument(node, 1, "y_pred")
            if isinstance(labels, ast.Name) and predictions is not None:
                rows = _rows_of(source, labels)
                if rows:
                    found.append(_Evaluation(statement, labels.id, source.text(predictions), rows))
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "score" and len(node.args) == 2:
            rows_given, labels = node.args
            if isinstance(rows_given, ast.Name) and isinstance(labels, ast.Name):
                predicted = f"{source.text(node.func.value)}.predict({rows_given.id})"
                if _rows_of(source, labels) == rows_given.id:
                    found.append(_Evaluation(statement, labels.id, predicted, rows_given.id))
    return sorted(found, key=lambda one: one.statement.lineno)


def _rows_of(source: Source, labels: ast.Name) -> str:
    """The name of the rows that labels belong to: from the same split, or the parameter beside them."""
    scope = source.scope_of(labels)
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            if qualified(source, node.value.func) in _SPLITS and isinstance(target, ast.Tuple):
                names = [name.id if isinstance(name, ast.Name) else "" for name in target.elts]
                # The labels of the test rows stand on the second place of a pair; so do the rows.
                if labels.id in names[1::2] and names[1] not in ("", labels.id):
                    return names[1]
    if isinstance(scope, ast.FunctionDef):
        parameters = [one.arg for one in (*scope.args.posonlyargs, *scope.args.args)]
        rows = f"X{labels.id[1:]}" if labels.id[:1] == "y" else ""
        if labels.id in parameters and rows in parameters and not assigned(source, rows, scope):
            return rows
    return ""


def _compared(source: Source, evaluation: _Evaluation, protected: tuple[str, ...]) -> tuple[Edit, ...] | None:
    if "\n" in evaluation.predictions:
        return None
    columns = repr(protected[0]) if len(protected) == 1 else repr(list(protected))
    columns = columns.replace("'", '"') if '"' not in columns else columns
    groups = f"{evaluation.rows}[{columns}]"
    edits = []
    kept = _kept_before_changes(source, evaluation, groups)
    if kept is not None:
        groups, edit = kept
        edits.append(edit)
    lines: list[str] = []
    names = {}
    for module, name in (
        ("fairlearn.metrics", "MetricFrame"),
        ("fairlearn.metrics", "selection_rate"),
        ("sklearn.metrics", "accuracy_score"),
    ):
        names[name], needed = imported(source, module, name, evaluation.statement)
        lines += needed
    result = free_name(source, "by_group")
    frame = [
        f"{result} = {names['MetricFrame']}(",
        f'    metrics={{"accuracy": {names["accuracy_score"]}, "selection rate": {names["selection_rate"]}}},',
        f"    y_true={evaluation.labels},",
        f"    y_pred={evaluation.predictions},",
        f"    sensitive_features={groups},",
        ")",
        f"print({result}.by_group)",
    ]
    edits.append(source.inserted_after(evaluation.statement, frame))
    if lines:
        added = after_imports(source, evaluation.statement, _together(lines))
        if added is None:
            return None
        edits.append(added)
    return tuple(edits)


def _together(lines: list[str]) -> list[str]:
    """Imports from one module in one line."""
    first = "from fairlearn.metrics import MetricFrame"
    second = "from fairlearn.metrics import selection_rate"
    if first in lines and second in lines:
        return [f"{first}, selection_rate", *(line for line in lines if line not in (first, second))]
    return lines


def _kept_before_changes(source: Source, evaluation: _Evaluation, groups: str) -> tuple[str, Edit] | None:
    """The groups, taken right behind the split where the rows are changed afterwards."""
    scope = source.scope_of(evaluation.statement)
    bound = [node for node in bindings(scope, evaluation.rows) if isinstance(node, ast.Name)]
    if len(bound) < 2:
        return None
    split = source.statement_of(min(bound, key=lambda node: (node.lineno, node.col_offset)))
    name = free_name(source, "groups_test")
    return name, source.inserted_after(split, [f"{name} = {groups}"])


FIXER = Fixer(
    rules=("required-component-missing", "required-component-not-shown"),
    what=Text(
        en="compare the groups of the protected column behind the evaluation; see that the column is among the rows, "
        "that 1 is the favourable label, and install fairlearn",
        fr="comparer les groupes de la colonne protégée après l'évaluation ; vérifier que la colonne est parmi les "
        "lignes, que 1 est l'étiquette favorable, et installer fairlearn",
    ),
    safety="unsafe",
    proposals=proposals,
    needs_protected=True,
)
