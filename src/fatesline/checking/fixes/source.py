"""A file of code as fixes see it: its tree with the way up, and positions in bytes."""

from __future__ import annotations

import ast
import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from fatesline.checking.fixes import notebook_json
from fatesline.checking.readers import notebooks, python_files
from fatesline.checking.readers.reading import decoded
from fatesline.model.places import Edit, Place, apply

_LINE_END = re.compile(rb"\r\n|\r|\n")

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
Block = list[ast.stmt]


class Source:
    """One Python file or notebook.

    Parameters
    ----------
    name : str
        Path relative to what is checked.
    raw : bytes

    Raises
    ------
    ValueError
        If it cannot be edited safely: it does not parse, or is neither in UTF-8 nor in ASCII.
    """

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw
        self.is_notebook = name.lower().endswith(".ipynb")
        self._offset = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
        try:
            whole = raw[self._offset :].decode("utf-8")
        except UnicodeDecodeError:
            raise ValueError("not in UTF-8") from None
        reading = (notebooks.read if self.is_notebook else python_files.read)(name, raw)
        if reading.problems and not reading.statements:
            raise ValueError("it cannot be parsed")
        self._json = whole if self.is_notebook else ""
        self._cells = notebook_json.cells_of(whole) if self.is_notebook else None
        self.cell_starts = reading.cell_starts
        if self.is_notebook:
            self.code = self._code_of_cells().encode()
        else:
            self.code = raw[self._offset :]
            if decoded(raw).encode() != self.code:
                raise ValueError("not in UTF-8")
        self.tree = ast.Module(list(reading.statements), [])
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.code))]

    def _code_of_cells(self) -> str:
        """The cells one after the other with the lines that the reader counts, magics as they are."""
        if self._cells is None:
            raise ValueError("a notebook of an unusual form")
        texts = []
        for number, start in enumerate(self.cell_starts):
            text = self._cells[number].text if number < len(self._cells) else ""
            following = self.cell_starts[number + 1] if number + 1 < len(self.cell_starts) else None
            if "\r" in text:
                raise ValueError("a notebook with other line ends")
            if following is not None and text.count("\n") + 1 != following - start:
                # A cell of text, or in another language.
                text = "\n" * (following - start - 1)
            texts.append(text)
        return "\n".join(texts)

    @cached_property
    def newline(self) -> str:
        """The line end that the file uses."""
        first = _LINE_END.search(self.code)
        return first.group().decode() if first is not None else "\n"

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes, outer ones first."""
        return list(ast.walk(self.tree))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def starting(self) -> dict[tuple[int, int], list[ast.expr | ast.stmt]]:
        """Expressions and statements by the line and column where they begin, outer ones first."""
        found: dict[tuple[int, int], list[ast.expr | ast.stmt]] = {}
        for node in self.nodes:
            if isinstance(node, ast.expr | ast.stmt):
                found.setdefault((node.lineno, node.col_offset), []).append(node)
        return found

    @cached_property
    def imports(self) -> list[tuple[ast.Import | ast.ImportFrom, ast.alias, str, str]]:
        """Each imported name: statement, alias, the name it is bound to, and the qualified name it stands for."""
        found: list[tuple[ast.Import | ast.ImportFrom, ast.alias, str, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    found.append((node, alias, bound, alias.name if alias.asname else bound))
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                for alias in node.names:
                    found.append((node, alias, alias.asname or alias.name, f"{node.module}.{alias.name}"))
        return found

    def offset(self, line: int, column: int) -> int:
        """Byte of the code at a line from 1 and a column in bytes from 0, as ``ast`` counts them."""
        return self._starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> tuple[int, int]:
        """Where a node stands, in bytes of the code."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def text(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self.code[start:end].decode()

    def line_start(self, offset: int) -> int:
        """Where the line of a byte begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of a byte ends, its line end not included."""
        match = _LINE_END.search(self.code, offset)
        return match.start() if match is not None else len(self.code)

    def indent(self, statement: ast.stmt) -> str:
        """The blanks before a statement that begins its line."""
        start = self.offset(statement.lineno, statement.col_offset)
        before = self.code[self.line_start(start) : start].decode()
        return before if not before.strip() else ""

    def stands_alone(self, statement: ast.stmt) -> bool:
        """Whether nothing but a comment shares its lines."""
        start, end = self.span(statement)
        before = self.code[self.line_start(start) : start]
        after = self.code[end : self.line_end(end)].strip()
        return not before.strip() and (not after or after.startswith(b"#"))

    def cell_of(self, node: ast.stmt | ast.expr) -> int:
        """The cell of a node; 0 in a plain file."""
        return bisect_right(self.cell_starts, node.lineno - 1) - 1 if self.cell_starts else 0

    def at(self, place: Place) -> Iterator[ast.expr | ast.stmt]:
        """Nodes that begin at a place, the outermost first."""
        line = place.line
        if self.is_notebook:
            if place.cell is None or place.cell >= len(self.cell_starts):
                return
            line += self.cell_starts[place.cell]
        if not 0 < line <= len(self._starts):
            return
        start = self._starts[line - 1]
        text = self.code[start : self.line_end(start)].decode()
        column = len(text[: max(place.column - 1, 0)].encode())
        yield from self.starting.get((line, column), ())

    def call_at(self, place: Place) -> ast.Call | None:
        """The outermost call that begins at a place."""
        calls = [node for node in self.at(place) if isinstance(node, ast.Call)]
        return calls[0] if calls else None

    def calls_at(self, place: Place) -> list[ast.Call]:
        """All calls that begin at a place, the outermost first: those of a chain of methods begin together."""
        return [node for node in self.at(place) if isinstance(node, ast.Call)]

    def statement_of(self, node: ast.AST) -> ast.stmt:
        """The smallest statement around a node."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def outermost(self, node: ast.AST) -> ast.stmt:
        """The statement of the module around a node."""
        statement = self.statement_of(node)
        while statement in self.parents and not isinstance(self.parents[statement], ast.Module):
            statement = self.statement_of(self.parents[statement])
        return statement

    def scope_of(self, node: ast.AST) -> Scope:
        """The function, class or module around a node."""
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
                return node
        return self.tree

    def block_of(self, statement: ast.stmt) -> Block:
        """The statements among which one stands."""
        parent = self.parents[statement]
        for name in ("body", "orelse", "finalbody", "handlers"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and statement in block:
                return block
        return [statement]

    def edit(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias, text: str) -> Edit:
        """Put a text in the place of a node."""
        return Edit(*self.span(node), text)

    def inserted_after(self, statement: ast.stmt, lines: Sequence[str]) -> Edit:
        """Put lines behind a statement, indented like it and behind a comment on its last line."""
        end = self.line_end(self.span(statement)[1])
        indent = self.indent(statement)
        return Edit(end, end, "".join(f"{self.newline}{indent}{line}" if line else self.newline for line in lines))

    def inserted_before(self, statement: ast.stmt, lines: Sequence[str]) -> Edit:
        """Put lines before a statement, indented like it; decorators belong to it."""
        first = min([statement.lineno, *(one.lineno for one in getattr(statement, "decorator_list", ()))])
        start = self.offset(first, 0)
        indent = self.indent(statement)
        return Edit(start, start, "".join(f"{indent}{line}{self.newline}" if line else self.newline for line in lines))

    def comment(self, statement: ast.stmt) -> str:
        """The comment behind a statement that stands alone, with the blanks before it; else empty."""
        end = self.span(statement)[1]
        return self.code[end : self.line_end(end)].decode().rstrip()

    def removed(self, statement: ast.stmt, *, with_comment: bool = False) -> Edit:
        """Take a statement out with its lines; a comment behind it stays, unless it goes elsewhere."""
        start, end = self.span(statement)
        start, end = self.line_start(start), self.line_end(end)
        comment = self.comment(statement).strip()
        if comment and not with_comment:
            return Edit(start, end, self.indent(statement) + comment)
        if self.is_notebook and statement.end_lineno is not None:
            cell = self.cell_of(statement)
            last = self.cell_starts[cell + 1] if cell + 1 < len(self.cell_starts) else None
            if statement.end_lineno == last or end == len(self.code):
                # The last line of a cell: the line end before it goes instead.
                first_line = statement.lineno - 1 == self.cell_starts[cell]
                return Edit(start if first_line else start - 1, end, "")
        match = _LINE_END.match(self.code, end)
        return Edit(start, match.end() if match is not None else end, "")

    def with_edits(self, edits: Sequence[Edit]) -> Source:
        """The file as it is after edits of its code.

        Raises
        ------
        ValueError
            If edits overlap, or the result cannot be parsed.
        """
        return Source(self.name, apply(self.in_file(edits), self.raw))

    def in_file(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Edits of the code as edits of the bytes of the file."""
        if not self.is_notebook:
            return tuple(Edit(one.start + self._offset, one.end + self._offset, one.text) for one in edits)
        assert self._cells is not None
        by_cell: dict[int, list[Edit]] = {}
        for one in edits:
            line = bisect_right(self._starts, one.start)
            by_cell.setdefault(bisect_right(self.cell_starts, line - 1) - 1, []).append(one)
        replaced = []
        for number, ones in sorted(by_cell.items()):
            start = self._starts[self.cell_starts[number]]
            last = number + 1 == len(self.cell_starts)
            end = len(self.code) if last else self._starts[self.cell_starts[number + 1]] - 1
            moved = [Edit(one.start - start, one.end - start, one.text) for one in ones]
            new = apply(moved, self.code[start:end]).decode()
            replaced.append(notebook_json.rewritten(self._json, self._cells[number], new))
        return notebook_json.as_bytes(self._json, replaced, self._offset)
