"""Learn and resample behind the split: on training rows only."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument, hides_keywords, keyword
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import (
    after_imports,
    bindings,
    free_name,
    imported,
    names_in,
    qualified,
    snake_case,
    uses,
)
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

_SPLITS = ("sklearn.model_selection.train_test_split",)
_CROSS_VALIDATIONS = tuple(
    f"sklearn.model_selection.{name}" for name in ("cross_val_score", "cross_validate", "cross_val_predict")
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement that learns from rows or resamples them, before they are split.

    Parameters
    ----------
    statement : ast.Assign or ast.Expr
    call : ast.Call
        Of ``fit``, ``fit_transform``, ``fit_resample`` or ``fillna``.
    rows : ast.expr
        What it is given.
    results : tuple of str
        Names that its results are given to.
    wrapping : ast.Assign or None
        The next statement where it makes a table of the result, under the same name.
    """

    statement: ast.Assign | ast.Expr
    call: ast.Call
    rows: ast.expr
    results: tuple[str, ...]
    wrapping: ast.Assign | None = None

    @property
    def method(self) -> str:
        """The last part of what is called."""
        return self.call.func.attr if isinstance(self.call.func, ast.Attribute) else ""


def statistics(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """Fit on the training rows behind the split, or within each fold as a step of a pipeline."""
    for source, step in _steps(finding, shop, ("fit", "fit_transform", "fillna")):
        if step.method == "fillna":
            yield from _filled_behind(source, step)
            continue
        if step.method == "fit_transform" and len(step.call.args) == 1:
            yield from _as_a_step(source, step, "sklearn.pipeline")
        yield from _fitted_behind(source, step)


def resampling(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """Resample the training rows behind the split, or within each fold as a step of a pipeline."""
    for source, step in _steps(finding, shop, ("fit_resample", "fit_sample")):
        if len(step.results) == 2:
            yield from _as_a_step(source, step, "imblearn.pipeline")
            yield from _resampled_behind(source, step)


def _steps(finding: Finding, shop: Workshop, methods: tuple[str, ...]) -> Iterator[tuple[Source, _Step]]:
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    for call in source.calls_at(finding.places[0]):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in methods or hides_keywords(call):
            continue
        statement = source.statement_of(call)
        rows = call.func.value if call.func.attr == "fillna" else argument(call, 0, "X")
        if rows is None or not source.stands_alone(statement) or len(source.block_of(statement)) < 2:
            continue
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            if all(isinstance(name, ast.Name) for name in names) or call.func.attr == "fillna":
                results = tuple(name.id for name in names if isinstance(name, ast.Name))
                yield source, _Step(statement, call, rows, results, _wrapping(source, statement, call, results))
        elif isinstance(statement, ast.Expr) and statement.value is call and call.func.attr == "fit":
            yield source, _Step(statement, call, rows, ())


def _wrapping(source: Source, statement: ast.Assign, call: ast.Call, results: tuple[str, ...]) -> ast.Assign | None:
    """``rows = pd.DataFrame(rows, columns=...)`` right behind ``rows = scaler.fit_transform(...)``."""
    block = source.block_of(statement)
    following = block[block.index(statement) + 1 :][:1]
    if statement.value is not call or len(results) != 1 or not following or not isinstance(following[0], ast.Assign):
        return None
    target, value = following[0].targets[0], following[0].value
    is_same = isinstance(target, ast.Name) and target.id == results[0] and source.stands_alone(following[0])
    if not is_same or not isinstance(value, ast.Call) or qualified(source, value.func) != "pandas.DataFrame":
        return None
    given = value.args[0] if value.args else None
    is_given = isinstance(given, ast.Name) and len(uses(value, results[0])) == 1 and given.id == results[0]
    return following[0] if is_given and not source.comment(following[0]) else None


@dataclass(frozen=True, slots=True)
class _Split:
    """``a_train, a_test, b_train, ... = train_test_split(a, b, ...)`` in the same block.

    Parameters
    ----------
    statement : ast.Assign
    call : ast.Call
    sides : dict of str to (str, str)
        Names of the training and test rows by what is split, as written.
    """

    statement: ast.Assign
    call: ast.Call
    sides: dict[str, tuple[str, str]]


def _split_after(source: Source, step: _Step) -> _Split | None:
    block = source.block_of(step.statement)
    for statement in block[block.index(step.statement) + 1 :]:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
            continue
        call = statement.value
        target = statement.targets[0]
        if qualified(source, call.func) not in _SPLITS or not isinstance(target, ast.Tuple | ast.List):
            continue
        names = [name.id for name in target.elts if isinstance(name, ast.Name)]
        if len(names) != len(target.elts) or len(names) != 2 * len(call.args) or not source.stands_alone(statement):
            return None
        pairs = zip(names[::2], names[1::2], strict=True)
        return _Split(statement, call, {source.text(one): pair for one, pair in zip(call.args, pairs, strict=True)})
    return None


def _only_split(source: Source, name: str, step: _Step, user: ast.Call) -> bool:
    """Whether a name of the step's result is read nowhere behind the step but in one call, there as an argument."""
    scope = source.scope_of(step.statement)
    behind = source.span(step.wrapping or step.statement)[1]
    readers = [one for one in uses(scope, name) if source.span(one)[0] > behind]
    taken = [one for one in readers if one in user.args]
    return len(taken) == 1 and all(one in taken or one in _groups(user) for one in readers)


def _groups(call: ast.Call) -> list[ast.expr]:
    """What a split keeps the proportions of."""
    given = keyword(call, "stratify")
    return [given.value] if given is not None else []


def _rows_back(source: Source, step: _Step, user: ast.Call) -> list[Edit] | None:
    """The rows as they were before the step, where the call took its results; None where others read those too."""
    rows = [step.rows]
    if step.method in ("fit_resample", "fit_sample"):
        labels = argument(step.call, 1, "y")
        if labels is None:
            return None
        rows.append(labels)
    edits = []
    for name, row in zip(step.results, rows, strict=True):
        if not _only_split(source, name, step, user) or not isinstance(row, ast.Name | ast.Attribute | ast.Subscript):
            return None
        if not _unchanged_between(source, row, step, user):
            return None
        if source.text(row) != name:
            given = [*user.args, *_groups(user)]
            named = [one for one in given if isinstance(one, ast.Name) and one.id == name]
            edits += [source.edit(one, source.text(row)) for one in named]
    return edits


def _unchanged_between(source: Source, row: ast.expr, step: _Step, user: ast.Call) -> bool:
    """Whether nothing binds or changes the rows between the step and the call."""
    block = source.block_of(step.statement)
    last = source.statement_of(user)
    if last not in block:
        return False
    between = [one for one in block[block.index(step.statement) + 1 : block.index(last)] if one is not step.wrapping]
    read = names_in([row])
    return not any(bindings(statement, name) for statement in between for name in read) and not any(
        isinstance(node, ast.Assign | ast.AugAssign | ast.Delete) and read & names_in(ast.walk(node))
        for statement in between
        for node in ast.walk(statement)
        if isinstance(node, ast.AugAssign | ast.Delete)
    )


def _fitted_behind(source: Source, step: _Step) -> Iterator[Proposal]:
    split = _split_after(source, step)
    assert isinstance(step.call.func, ast.Attribute)
    if split is None or len(step.call.args) != 1 or step.call.keywords:
        return
    receiver = source.text(step.call.func.value)
    if step.method == "fit":
        sides = split.sides.get(source.text(step.rows))
        is_moved = isinstance(step.statement, ast.Expr) and not _used_between(source, step, split)
        if is_moved and sides is not None:
            yield _moved(source, step, split, [f"{receiver}.fit({sides[0]})"])
        return
    if len(step.results) != 1 or step.results[0] not in split.sides:
        return
    back = _rows_back(source, step, split.call)
    if back is None:
        return
    train, test = split.sides[step.results[0]]
    lines = []
    if isinstance(step.call.func.value, ast.Call):
        # Made where it is used: it needs a name now.
        receiver = free_name(source, snake_case(qualified(source, step.call.func.value.func).rpartition(".")[2]))
        lines.append(f"{receiver} = {source.text(step.call.func.value)}")
    elif not isinstance(step.call.func.value, ast.Name | ast.Attribute) or _used_between(source, step, split):
        return
    for side, method in ((train, "fit_transform"), (test, "transform")):
        made = _applied(source, step, side, f"{receiver}.{method}({side})")
        if made is None:
            return
        lines.append(f"{side} = {made}")
    if not any("\n" in line for line in lines):
        yield _moved(source, step, split, lines, back)


def _moved(source: Source, step: _Step, split: _Split, lines: list[str], more: Sequence[Edit] = ()) -> Proposal:
    """The step taken out, and lines put behind the split, the first with the step's comment."""
    lines = [lines[0] + source.comment(step.statement), *lines[1:]]
    removed = [source.removed(step.statement, with_comment=True)]
    if step.wrapping is not None:
        removed.append(source.removed(step.wrapping))
    return Proposal((*removed, *more, source.inserted_after(split.statement, lines)))


def _used_between(source: Source, step: _Step, split: _Split) -> bool:
    """Whether the transformer is at work before the rows are split."""
    assert isinstance(step.call.func, ast.Attribute)
    names = names_in([step.call.func.value])
    block = source.block_of(step.statement)
    between = block[block.index(step.statement) + 1 : block.index(split.statement)]
    return bool(names & names_in(between))


def _applied(source: Source, step: _Step, side: str, call: str) -> str | None:
    """The value of the step's statement for one side of the split; None where its rows would lose their names."""
    value = step.statement.value
    replaced: ast.expr = step.call
    if step.wrapping is not None and isinstance(step.wrapping.value, ast.Call):
        value, replaced = step.wrapping.value, step.wrapping.value.args[0]
    if value is replaced:
        return call
    start, _ = source.span(value)
    text = source.text(value).encode()
    rows = source.text(step.rows)
    inside = source.span(replaced)
    pieces = [(*inside, call)]
    for node in ast.walk(value):
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and source.text(node) == rows:
            first, last = source.span(node)
            if not inside[0] <= first < inside[1]:
                pieces.append((first, last, side))
    is_frame = isinstance(value, ast.Call) and qualified(source, value.func) == "pandas.DataFrame"
    if is_frame and isinstance(value, ast.Call) and keyword(value, "index") is None and len(value.args) < 2:
        if f"{rows}.columns" not in source.text(value):
            # An array has no index to be taken over.
            return None
        end = source.span(value)[1] - 1
        pieces.append((end, end, f", index={side}.index"))
    for first, last, new in sorted(pieces, reverse=True):
        text = text[: first - start] + new.encode() + text[last - start :]
    return text.decode()


def _resampled_behind(source: Source, step: _Step) -> Iterator[Proposal]:
    split = _split_after(source, step)
    if split is None or not all(name in split.sides for name in step.results):
        return
    back = _rows_back(source, step, split.call)
    assert isinstance(step.call.func, ast.Attribute)
    if back is None or (isinstance(step.call.func.value, ast.Name) and _used_between(source, step, split)):
        return
    train = ", ".join(split.sides[name][0] for name in step.results)
    function = source.text(step.call.func)
    if "\n" in function or len(step.call.args) + len(step.call.keywords) != 2:
        return
    line = f"{train} = {function}({train})"
    yield _moved(source, step, split, [line], back)


def _filled_behind(source: Source, step: _Step) -> Iterator[Proposal]:
    """Gaps of a column, filled with a figure of the training rows."""
    split = _split_after(source, step)
    statement = step.statement
    if split is None or not isinstance(statement, ast.Assign) or statement.value is not step.call:
        return
    target = statement.targets[0]
    figure = argument(step.call, 0, "value")
    if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Name) or figure is None:
        return
    table = target.value.id
    column = source.text(target)
    sides = split.sides.get(table)
    names = names_in([figure])
    if source.text(step.rows) != column or sides is None or names != {table} or "\n" in source.text(statement):
        return
    if names & names_in(_between(source, step, split)):
        return
    train, test = sides

    def of(text: str, side: str) -> str:
        return text.replace(column, f"{side}{column[len(table) :]}")

    # The test rows first, as long as the training rows still have their gaps.
    from_train = of(source.text(figure), train)
    lines = [f"{of(column, side)} = {of(column, side)}.fillna({from_train})" for side in (test, train)]
    yield _moved(source, step, split, lines)


def _between(source: Source, step: _Step, split: _Split) -> list[ast.stmt]:
    block = source.block_of(step.statement)
    return block[block.index(step.statement) + 1 : block.index(split.statement)]


def _as_a_step(source: Source, step: _Step, pipelines: str) -> Iterator[Proposal]:
    """Cross-validation of a pipeline, which does the step anew within each fold."""
    block = source.block_of(step.statement)
    assert isinstance(step.call.func, ast.Attribute)
    if step.statement.value is not step.call or len(step.call.args) > 2 or step.call.keywords:
        return
    for statement in block[block.index(step.statement) + 1 :]:
        for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call)):
            if qualified(source, call.func) not in _CROSS_VALIDATIONS or len(call.args) < 3 or hides_keywords(call):
                continue
            back = _rows_back(source, step, call)
            receiver = step.call.func.value
            if back is None or (isinstance(receiver, ast.Name | ast.Attribute) and not _is_done(source, step)):
                return
            name, lines = imported(source, pipelines, "make_pipeline", call)
            model = source.text(call.args[0])
            edits = [
                *(source.removed(one) for one in (step.statement, step.wrapping) if one is not None),
                source.edit(call.args[0], f"{name}({source.text(receiver)}, {model})"),
                *back,
            ]
            if lines:
                added = after_imports(source, call, lines)
                if added is None:
                    return
                edits.append(added)
            yield Proposal(tuple(edits))
            return


def _is_done(source: Source, step: _Step) -> bool:
    """Whether the transformer is a name of this scope that nobody reads after the step: a pipeline fits a copy."""
    assert isinstance(step.call.func, ast.Attribute)
    receiver = step.call.func.value
    if not isinstance(receiver, ast.Name):
        return False
    behind = source.span(step.statement)[1]
    return not any(source.span(one)[0] > behind for one in uses(source.scope_of(step.call), receiver.id))


STATISTICS = Fixer(
    rules=("statistics-fitted-before-split",),
    what=Text(
        en="learn from the training rows only: behind the split, or as a step of the pipeline that is cross-validated",
        fr="apprendre des seules lignes d'apprentissage : après la séparation, ou comme étape du pipeline soumis à la "
        "validation croisée",
    ),
    safety="safe",
    proposals=statistics,
)

RESAMPLING = Fixer(
    rules=("resampling-before-split",),
    what=Text(
        en="resample the training rows only: behind the split, or as a step of the pipeline that is cross-validated",
        fr="rééchantillonner les seules lignes d'apprentissage : après la séparation, ou comme étape du pipeline "
        "soumis à la validation croisée",
    ),
    safety="safe",
    proposals=resampling,
)
