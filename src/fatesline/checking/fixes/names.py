"""What names stand for within one file, and imports added or taken away: enough to write code that fits in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from fatesline.checking.fixes.source import Scope, Source
from fatesline.checking.flow.calls import public_name
from fatesline.model.places import Edit

_LONGEST_CHAIN = 5


def qualified(source: Source, node: ast.expr, depth: int = _LONGEST_CHAIN) -> str:
    """The qualified name that an expression stands for through imports and plain assignments; empty if unknown."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or not depth:
        return ""
    meanings = {meaning for _, _, bound, meaning in source.imports if bound == node.id}
    if not meanings:
        values = assigned(source, node.id, source.scope_of(node)) or assigned(source, node.id, source.tree)
        if len(values) == 1 and isinstance(values[0], ast.Name | ast.Attribute):
            meanings = {qualified(source, values[0], depth - 1)} - {""}
    if len(meanings) != 1:
        return ""
    return public_name(".".join([meanings.pop(), *reversed(parts)]))


def assigned(source: Source, name: str, scope: Scope) -> list[ast.expr]:
    """What a scope assigns to a name, in the order of the code."""
    found = []
    for node in within(scope):
        if isinstance(node, ast.Assign):
            if any(isinstance(target, ast.Name) and target.id == name for target in node.targets):
                found.append(node.value)
        elif (
            isinstance(node, ast.AnnAssign | ast.NamedExpr)
            and isinstance(node.target, ast.Name)
            and node.target.id == name
            and node.value is not None
        ):
            found.append(node.value)
    return sorted(found, key=lambda value: (value.lineno, value.col_offset))


def within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, those of functions and classes inside it left out, in the order of the code."""
    waiting = [*ast.iter_child_nodes(scope)][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += [*ast.iter_child_nodes(node)][::-1]


def uses(scope: ast.AST, name: str) -> list[ast.Name]:
    """Where a name is read below a node, functions inside it included."""
    return [
        node
        for node in ast.walk(scope)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]


def bindings(scope: ast.AST, name: str) -> list[ast.AST]:
    """Where a name is bound or deleted below a node: assignments, parameters, definitions, imports, handlers."""
    found: list[ast.AST] = []
    for node in ast.walk(scope):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            is_bound = node.id == name
        elif isinstance(node, ast.arg):
            is_bound = node.arg == name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler):
            is_bound = node.name == name
        elif isinstance(node, ast.alias):
            is_bound = (node.asname or node.name.partition(".")[0]) == name
        elif isinstance(node, ast.Global | ast.Nonlocal):
            is_bound = name in node.names
        else:
            is_bound = False
        if is_bound:
            found.append(node)
    return found


def all_names(source: Source) -> set[str]:
    """Every name written in the file."""
    names = {node.id for node in source.nodes if isinstance(node, ast.Name)}
    names |= {node.arg for node in source.nodes if isinstance(node, ast.arg)}
    names |= {bound for _, _, bound, _ in source.imports}
    return names | {
        node.name for node in source.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def free_name(source: Source, wanted: str) -> str:
    """The wanted name, with a number where the file has it already."""
    taken = all_names(source)
    return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def snake_case(name: str) -> str:
    """``StandardScaler`` as ``standard_scaler``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def after_imports(source: Source, use: ast.AST, lines: Sequence[str]) -> Edit | None:
    """Put lines behind the last import at the top of the module before a use; None where there is no good place."""
    top = source.outermost(use)
    before = source.tree.body[: source.tree.body.index(top)]
    imports = [one for one in before if isinstance(one, ast.Import | ast.ImportFrom)]
    if imports:
        last = imports[-1]
        return source.inserted_after(last, lines) if source.stands_alone(last) else None
    first = top
    if not source.is_notebook:
        body = source.tree.body
        skipped = bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        first = body[1 if skipped and len(body) > 1 else 0]
    if not source.stands_alone(first) and not hasattr(first, "body"):
        return None
    return source.inserted_before(first, [*lines, *([] if isinstance(first, ast.Import | ast.ImportFrom) else [""])])


def imported(source: Source, module: str, name: str, use: ast.AST) -> tuple[str, list[str]]:
    """How to write a name of a module at a use, and the import line it takes; none where it is imported already."""
    for statement, alias, bound, meaning in source.imports:
        if meaning == f"{module}.{name}" and isinstance(source.parents.get(statement), ast.Module):
            if source.offset(statement.lineno, 0) < source.span(source.outermost(use))[0] and _is_only(source, bound):
                return bound, []
        elif isinstance(statement, ast.Import) and alias.name == module and _is_only(source, bound):
            return f"{alias.asname or module}.{name}", []
    bound = free_name(source, name)
    return bound, [f"from {module} import {name}" + (f" as {bound}" if bound != name else "")]


def imported_module(source: Source, module: str, use: ast.AST) -> tuple[str, list[str]]:
    """How to write a module at a use, and the import line it takes."""
    for statement, alias, bound, meaning in source.imports:
        is_module = isinstance(statement, ast.Import) and alias.name == module
        if not is_module and (meaning != module or bound == module.partition(".")[0]):
            continue
        at_top = isinstance(source.parents.get(statement), ast.Module)
        before = source.offset(statement.lineno, 0) < source.span(source.outermost(use))[0]
        if at_top and before and _is_only(source, bound):
            return (alias.asname or module) if is_module else bound, []
    return module, [f"import {module}"]


def _is_only(source: Source, name: str) -> bool:
    """Whether a name means the same throughout the file."""
    meanings = {meaning for _, _, bound, meaning in source.imports if bound == name}
    return len(meanings) == 1 and all(isinstance(node, ast.alias) for node in bindings(source.tree, name))


def without_orphans(source: Source, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits, and with them the imports at the top of the module that nothing uses any more after them.

    Raises
    ------
    ValueError
        If edits overlap, or the result cannot be parsed.
    """
    after = source.with_edits(edits)
    found = list(edits)
    for removal in _orphans(source, _read_names(source) - _read_names(after), edits):
        # What was to stand behind the import stands in its place.
        behind = [edit for edit in found if edit.start == edit.end and removal.start < edit.start < removal.end]
        found = [edit for edit in found if edit not in behind]
        text = "".join(edit.text.removeprefix(source.newline) + source.newline for edit in behind)
        found.append(Edit(removal.start, removal.end, text))
    return tuple(found)


def _read_names(source: Source) -> set[str]:
    names = {node.id for node in source.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    # What __all__ or a forward annotation names is used.
    texts = [node.value for node in source.nodes if isinstance(node, ast.Constant)]
    return names | {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _orphans(source: Source, lost: set[str], edits: Sequence[Edit]) -> Iterator[Edit]:
    touched = [(edit.start, edit.end) for edit in edits if edit.end > edit.start]
    by_statement: dict[ast.Import | ast.ImportFrom, list[ast.alias]] = {}
    for statement, alias, bound, _ in source.imports:
        # "import a.b" may be there for what it does on loading.
        if bound in lost and isinstance(source.parents.get(statement), ast.Module) and "." not in alias.name:
            by_statement.setdefault(statement, []).append(alias)
    for statement, aliases in by_statement.items():
        start, end = source.span(statement)
        if any(first < end and start < last for first, last in touched):
            continue
        if len(aliases) == len(statement.names):
            if source.stands_alone(statement):
                yield source.removed(statement)
        else:
            yield from (without_alias(source, statement, alias) for alias in aliases[:1])


def without_alias(source: Source, statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> Edit:
    """Take one name out of an import that has others."""
    position = statement.names.index(alias)
    start, end = source.span(alias)
    if position + 1 < len(statement.names):
        return Edit(start, source.span(statement.names[position + 1])[0], "")
    return Edit(source.span(statement.names[position - 1])[1], end, "")


def names_in(nodes: Iterable[ast.AST]) -> set[str]:
    """The names read below some nodes."""
    return {
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }
