"""Rows taken apart without a splitter's call: ``train, test = X[:n], X[n:]``, a mask and its opposite, what is left."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from fatesline.checking.flow.roles import role_of_name

#: Comparisons of which the other one gives the remaining rows; people are not exact about the border.
_OPPOSITE: tuple[tuple[type[ast.cmpop], ...], tuple[type[ast.cmpop], ...]] = ((ast.Lt, ast.LtE), (ast.Gt, ast.GtE))

#: Methods that give some of the rows; two of the same table, named after two sides, divide it.
_PICKING = frozenset({"filter", "head", "query", "select", "skip", "tail", "take", "where"})

_BLOCKS = ("body", "orelse", "finalbody")
_WITH_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.TryStar)


def taken_apart(statements: Iterable[ast.stmt]) -> Iterator[ast.expr]:
    """Expressions that give the second side of such a split.

    Parameters
    ----------
    statements : iterable of ast.stmt
        Of one scope; functions and classes in it are left closed.

    Notes
    -----
    The names must say which side is which, or any list that is cut in two would count.
    """
    sides: dict[tuple[str, str], dict[str, str]] = {}
    sampled: set[str] = set()
    for target, value in _assigned(statements):
        if isinstance(target, ast.Tuple):
            if _is_split(target, value):
                yield value
            continue
        role = role_of_name(target.attr if isinstance(target, ast.Attribute) else target.id)
        if not role:
            continue
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            if value.func.attr == "sample":
                sampled.add(ast.dump(target).replace("Store()", "Load()"))
            elif value.func.attr == "drop" and _names_index_of(value, sampled):
                yield value
            elif value.func.attr in _PICKING:
                known = sides.setdefault((ast.dump(value.func.value), ""), {})
                if any(role != before for before in known.values()):
                    yield value
                known[role] = role
        elif isinstance(value, ast.Subscript):
            if isinstance(value.slice, ast.UnaryOp) and _names_index_of(value.slice, sampled):
                yield value
                continue
            for cut, side in _sides(value.slice):
                known = sides.setdefault((ast.dump(value.value), cut), {})
                if any(other != side and role != before for other, before in known.items()):
                    yield value
                known[side] = role


def _is_split(names: ast.Tuple, value: ast.expr) -> bool:
    """``train, test = np.split(rows, [800])``: by a method or function called so, whoever it belongs to."""
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)):
        return False
    roles = {role_of_name(name.id) for name in names.elts if isinstance(name, ast.Name)}
    return value.func.attr in ("array_split", "split") and "train" in roles and len(roles - {""}) > 1


def _assigned(statements: Iterable[ast.stmt]) -> Iterator[tuple[ast.Name | ast.Attribute | ast.Tuple, ast.expr]]:
    """Names with what they are given, in order; of a tuple each part by itself where both sides have as many."""
    waiting = [iter(statements)]
    while waiting:
        statement = next(waiting[-1], None)
        if statement is None:
            waiting.pop()
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, statement.value)]
                if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
                    pairs = zip(target.elts, statement.value.elts, strict=False)
                for name, value in pairs:
                    if isinstance(name, ast.Name | ast.Attribute | ast.Tuple):
                        yield name, value
        elif isinstance(statement, _WITH_BLOCKS):
            for block in _BLOCKS:
                inner = getattr(statement, block, None)
                if isinstance(inner, list):
                    waiting.append(iter(inner))


def _sides(index: ast.expr) -> Iterator[tuple[str, str]]:
    """Where rows are cut, and on which side of the cut an index lies."""
    if isinstance(index, ast.Tuple) and index.elts:
        index = index.elts[0]
    if isinstance(index, ast.Slice):
        if index.step is None and index.upper is not None:
            yield ast.dump(index.upper), "before"
        if index.step is None and index.lower is not None:
            yield ast.dump(index.lower), "behind"
    elif isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.Invert):
        yield ast.dump(index.operand), "behind"
    elif isinstance(index, ast.Compare) and len(index.ops) == 1:
        cut = f"{ast.dump(index.left)} {ast.dump(index.comparators[0])}"
        for side, operators in zip(("before", "behind"), _OPPOSITE, strict=True):
            if isinstance(index.ops[0], operators):
                yield cut, side
    elif isinstance(index, ast.Name):
        yield ast.dump(index), "before"


def _names_index_of(node: ast.AST, tables: set[str]) -> bool:
    """Whether the index of one of these tables stands in an expression."""
    return bool(tables) and any(
        isinstance(part, ast.Attribute) and part.attr == "index" and ast.dump(part.value) in tables
        for part in ast.walk(node)
    )
