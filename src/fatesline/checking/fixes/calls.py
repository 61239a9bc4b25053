"""Arguments of a call: read, added, changed and taken away where they stand."""

from __future__ import annotations

import ast

from fatesline.checking.fixes.source import Source
from fatesline.model.places import Edit


def argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    """The argument that may be given either way; None where it is not, or where ``*`` or ``**`` may hide it."""
    for one in call.keywords:
        if one.arg == keyword:
            return one.value
    if any(isinstance(one, ast.Starred) for one in call.args[: position + 1]):
        return None
    return call.args[position] if 0 <= position < len(call.args) else None


def keyword(call: ast.Call, name: str) -> ast.keyword | None:
    """A keyword of the call."""
    return next((one for one in call.keywords if one.arg == name), None)


def hides_keywords(call: ast.Call) -> bool:
    """Whether ``**settings`` may pass what is not written."""
    return any(one.arg is None for one in call.keywords)


def with_argument(source: Source, call: ast.Call, text: str) -> Edit | None:
    """Add an argument behind the others, on a line of its own where they have lines of their own."""
    given: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    end = source.span(call)[1]
    if not given:
        return Edit(end - 1, end - 1, text)
    last = max(given, key=lambda one: source.span(one)[1])
    if isinstance(last, ast.GeneratorExp) and len(given) == 1:
        return None
    at = _behind_parentheses(source, source.span(last)[1], end - 1)
    opened = call.func.end_lineno
    if len(given) > 1 or last.lineno != opened:
        lines = [one.lineno for one in given]
        if len(set(lines)) == len(lines) and opened not in lines:
            start = source.span(last)[0]
            indent = source.code[source.line_start(start) : start].decode()
            if not indent.strip():
                return Edit(at, at, f",{source.newline}{indent}{text}")
    return Edit(at, at, f", {text}")


def _behind_parentheses(source: Source, start: int, closing: int) -> int:
    """Behind the parentheses around an argument, which its own end does not include."""
    at = found = start
    while at < closing:
        sign = source.code[at : at + 1]
        if sign == b"#":
            at = source.line_end(at)
            continue
        if sign == b")":
            found = at + 1
        at += 1
    return found


def without_argument(source: Source, call: ast.Call, given: ast.expr | ast.keyword) -> Edit:
    """Take an argument that is not the first out, with the comma before it."""
    both: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    ordered = sorted(both, key=lambda one: source.span(one)[0])
    position = ordered.index(given)
    end = source.span(call)[1] - 1
    start = _behind_parentheses(source, source.span(ordered[position - 1])[1], source.span(given)[0])
    until = source.span(ordered[position + 1])[0] if position + 1 < len(ordered) else end
    return Edit(start, _behind_parentheses(source, source.span(given)[1], until), "")


def with_keyword(source: Source, call: ast.Call, name: str, text: str) -> Edit | None:
    """Pass a keyword: a new one, or another value for one that is there."""
    present = keyword(call, name)
    if present is not None:
        return source.edit(present.value, text)
    return with_argument(source, call, f"{name}={text}")
