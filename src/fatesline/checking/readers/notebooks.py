"""Jupyter notebooks, cell by cell: a broken cell does not hide the others."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers import dependencies, shell
from fatesline.checking.readers.broken_code import rescued
from fatesline.checking.readers.python_files import parsed_statements
from fatesline.checking.readers.reading import MOST_BYTES as MOST_BYTES_OF_CODE
from fatesline.checking.readers.reading import Problem, Reading, refused
from fatesline.checking.readers.shell import Command
from fatesline.model.places import Place

#: With the pictures in its outputs a notebook may be far larger than its code.
MOST_BYTES = 50_000_000

#: Cell magics whose cell is still Python; any other one (bash, html, writefile) makes it something else.
_PYTHON_CELLS = frozenset({"capture", "prun", "python", "python3", "time", "timeit"})

#: Jupyter takes a line that begins with one of these for a command even without a sign.
_BARE = r"(?:pip3?|conda|mamba|uv)[ \t]+(?:install|uninstall|update|upgrade|pip)\b"
_COMMAND = re.compile(rf"\s*(?:!+|%(?=(?:pip|conda|mamba|uv)\b)|%sx\s|(?={_BARE}))(?P<command>.+)")
#: A cell that writes a file of code: read like any other, for the notebook hands the file to something that runs it.
_WRITTEN_CODE = re.compile(r"%%writefile\s+(-a\s+)?\S+\.py\s*\Z")
_WRITTEN_PACKAGES = re.compile(r"\s*%%writefile\s+(-a\s+)?\S*requirements\S*\.txt\s*\n")
_SHELL_CELL = re.compile(r"\s*%%(bash|sh|script|shell|system|!)\b|\s*%%!")

_LINE_MAGIC = re.compile(r"[%!?]|\S*\?\s*\Z")
_ASSIGNED_MAGIC = re.compile(r"(?P<start>\s*[\w, ]+=\s*)[%!](?!=)")


def read(path: str, raw: bytes) -> Reading:
    """The code of a notebook, in the order of its cells.

    Parameters
    ----------
    path : str
        For places, which tell the cell from 0 and the line within it from 1.
    raw : bytes
        JSON; format 3 and 4 of Jupyter.
    """
    if len(raw) > MOST_BYTES:
        return refused("size", path)
    try:
        notebook = json.loads(raw)
    except UnicodeDecodeError as error:
        return refused("encoding", path, str(error)[:200])
    except RecursionError:
        return refused("depth", path)
    except ValueError as error:
        return refused("form", path, str(error)[:200])
    cells = _cells(notebook)
    if cells is None:
        return refused("form", path, "no list of cells")
    statements: list[ast.stmt] = []
    problems: list[Problem] = []
    starts: list[int] = []
    texts: list[str] = []
    lines = size = 0
    told: list[tuple[int, Command]] = []
    packages: list[dependencies.Package] = []
    for index, cell in enumerate(cells):
        starts.append(lines)
        told += _shell_cell(cell, index)
        packages += _packages_written(cell, index)
        code = _code(cell)
        size += len(code)
        if size > MOST_BYTES_OF_CODE:
            problems.append(Problem("size", Place(path, cell=index)))
            break
        parsed = parsed_statements(code, path, index)
        if isinstance(parsed, Problem):
            # Magics only now: in a cell that parses, a line that begins with % goes on with a sum.
            told += _commands(code, index)
            code = "\n".join(_without_magics(code.split("\n")))
            parsed = parsed_statements(code, path, index)
        if isinstance(parsed, Problem):
            problems.append(parsed)
            parsed = rescued(code) if parsed.kind == "syntax" else []
        for statement in parsed:
            ast.increment_lineno(statement, lines)
        statements += parsed
        texts.append(code)
        lines += code.count("\n") + 1
    seen = (*_facts(told, path), *dependencies.facts_of(packages, path))
    return Reading(tuple(statements), "\n".join(texts), tuple(starts), tuple(problems), seen)


def _cells(notebook: Any) -> list[Any] | None:
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if cells is None:
        sheets = notebook.get("worksheets")
        cells = sheets[0].get("cells") if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict) else None
    return cells if isinstance(cells, list) else None


def _code(cell: Any) -> str:
    """The Python of a cell with as many lines as it has; empty for text and for cells in other languages."""
    lines = _text(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    is_code = (first[2:].split() or [""])[0] in _PYTHON_CELLS or _WRITTEN_CODE.match(first) is not None
    if first.startswith("%%") and not is_code:
        return ""
    if first.startswith("%%"):
        lines[lines.index(first)] = ""
    return "\n".join(_moved_left(lines))


def _moved_left(lines: list[str]) -> list[str]:
    """As Jupyter runs them: what the first line of code is indented by is taken from every line."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines] if indent else lines


def _commands(code: str, cell: int) -> Iterator[tuple[int, Command]]:
    """Commands behind ``!`` and ``%pip`` in a cell of Python."""
    lines = code.split("\n")
    for number, line in enumerate(lines, start=1):
        match = _COMMAND.match(line)
        if match is not None:
            whole = match["command"]
            for following in lines[number:]:
                if not whole.rstrip().endswith("\\"):
                    break
                whole = f"{whole.rstrip()[:-1]} {following.strip()}"
            for command in shell.commands(whole):
                yield cell, command._replace(line=number)


def _shell_cell(cell: Any, index: int) -> Iterator[tuple[int, Command]]:
    """Commands of a cell that is handed to a shell as a whole."""
    text = _text(cell)
    if _SHELL_CELL.match(text):
        for command in shell.commands(text.partition("\n")[2]):
            yield index, command._replace(line=command.line + 1)


def _packages_written(cell: Any, index: int) -> Iterator[dependencies.Package]:
    """What a cell that writes a requirements file asks for."""
    text = _text(cell)
    if _WRITTEN_PACKAGES.match(text):
        for number, line in enumerate(text.split("\n")[1:], start=2):
            one = dependencies.package(line, number)
            if one is not None:
                yield one._replace(cell=index)


def _text(cell: Any) -> str:
    """The source of a cell of code; empty for any other."""
    source = cell.get("source", cell.get("input", "")) if isinstance(cell, dict) else ""
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    return text if isinstance(text, str) and cell.get("cell_type") == "code" else ""


def _facts(told: Sequence[tuple[int, Command]], path: str) -> Iterator[Seen]:
    packages: list[dependencies.Package] = []
    for cell, command in told:
        yield from shell.facts_of(command, Place(path, command.line, 0, cell))
        packages += (one._replace(cell=cell) for one in dependencies.installed_by(command))
    yield from dependencies.facts_of(packages, path)


def _without_magics(lines: list[str]) -> Iterator[str]:
    """Lines as Python; those that go on with a command are empty."""
    goes_on = False
    for line in lines:
        is_magic = goes_on or (line.strip()[:1] in ("%", "!") or _COMMAND.match(line) is not None)
        yield "" if goes_on else _without_magic(line)
        goes_on = is_magic and line.rstrip().endswith("\\")


def _without_magic(line: str) -> str:
    """A line as Python: ``!pip install x`` becomes ``pass``, ``files = !ls`` an assignment of None."""
    bare = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if bare and (bare[0] in "%!?" or _COMMAND.match(line) is not None):
        return f"{indent}pass"
    if bare.endswith("?") and _LINE_MAGIC.match(bare):
        return f"{indent}pass"
    assigned = _ASSIGNED_MAGIC.match(line)
    return f"{assigned['start']}None" if assigned else line
