"""What users and tables call things reaches generated code only as quoted text; nothing runs, nothing escapes."""

from __future__ import annotations

import ast
import itertools
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import fatesline
from fatesline.catalog import load
from fatesline.catalog.project import Project, check_against, read_project
from fatesline.commands import project_files
from fatesline.errors import UserError
from fatesline.generation.write import write
from fatesline.solution import Solution, solve

RECORD = Path(fatesline.__file__).parents[2] / "examples/arrests/fates.yaml"

PAYLOADS = (
    "__import__('os').system('touch hacked')",
    "import os; os.system('touch hacked')",
    "\nimport os\nos.system('touch hacked')\n",
    "eval(compile('1', '', 'exec'))",
    "{{ 7 * 7 }}",
    "{% raw %}{% endraw %}",
    "{# a comment #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{settings.TARGET}",
    "{0.__class__}",
    "%(name)s %s %d",
    "$(touch hacked)",
    "${IFS}touch${IFS}hacked",
    "$(shell touch hacked)",
    "$$(touch hacked)",
    "`touch hacked`",
    "; touch hacked #",
    "| tee hacked",
    "&& touch hacked",
    "../../hacked",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "\\N{LATIN SMALL LETTER A}",
    "\\x41\\u0041\\U00000041",
    "# -*- coding: utf-7 -*-",
    "# type: ignore  # noqa",
    "# fates: ignore[W001] because I say so",
    "<script>alert(1)</script>",
    "[link](javascript:alert(1))",
    "![picture](https://example.org/x.png)",
    "| a | table |\n|---|---|",
    "\n# heading\n",
    "---\nname: x\n---",
    "!!python/object/apply:os.system ['touch hacked']",
    "*alias",
    "&anchor value",
    "key: [unclosed",
    "[tool.evil]\nx = 1",
    "'; DROP TABLE cells; --",
    '" OR 1=1 --',
    "=cmd|' /C calc'!A0",
    "\u202etxt.exe",
    "\u2028import os\u2029",
    "\x1b[31mred\x1b[0m",
    "\x85\x0b\x0c",
    "\u200b\ufeff",
    "Ω𝒳🙂é",
    "a" * 3000,
    "None",
    "self",
)
WRAPPERS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: f'"{text}"',
    lambda text: f"'''{text}'''",
    lambda text: f'"""\n{text}\n"""',
    lambda text: f"{text}\\",
)
STRINGS = tuple(wrap(text) for text, wrap in itertools.product(PAYLOADS, WRAPPERS))


def _called(project: Project, words: Sequence[str]) -> Project:
    """The same project where everything that has a name bears one of these, in turn."""
    turns = itertools.cycle(words)
    renamed: dict[str, str] = {}
    word = words[0]
    values = project.model_dump(mode="python", by_alias=True)
    data = values["data"]

    def named(name: str) -> str:
        if name not in renamed:
            renamed[name] = f"{name}{next(turns)}"
        return renamed[name]

    values["project"]["title"] = values["project"]["purpose"] = word
    for answer in values["answers"].values():
        answer["note"] = word
    values["waivers"] = ()
    for key in ("numeric", "categorical", "quasi_identifiers"):
        data[key] = [named(name) for name in data[key]]
    data["levels"] = {named(name): [named(level) for level in levels] for name, levels in data["levels"].items()}
    data["ranges"] = {named(name): bounds for name, bounds in data["ranges"].items()}
    data["dropped"] = {named("other"): word}
    data["missing"] = list(words)
    data["target"], data["favourable"] = named(data["target"]), named(data["favourable"])
    data["file"] = words[-1]
    for protected in data["protected"]:
        protected["attribute"], protected["column"] = named(protected["attribute"]), named(protected["column"])
        protected["groups"] = {
            named(label): {"values": [named(value) for value in group["values"]]}
            for label, group in protected["groups"].items()
        }
    return Project.model_validate(values)


@cache
def _solution() -> Solution:
    catalog = load(())
    found = solve(read_project(RECORD), catalog)
    assert isinstance(found, Solution)
    return found


def _files(project: Project) -> dict[str, str]:
    check_against(project, _solution().catalog)
    return project_files(replace(_solution(), project=project))


def _shape(source: str) -> str:
    """The program without its texts: every call, name and operator."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


@cache
def _expected() -> dict[str, str]:
    return _files(_called(read_project(RECORD), ["-plain", "-simple"]))


def test_there_are_at_least_two_hundred_hostile_strings() -> None:
    assert len(set(STRINGS)) >= 200


@pytest.mark.parametrize("number", range(0, len(STRINGS), 50))
def test_no_name_becomes_code(number: int, tmp_path: Path) -> None:
    expected = _expected()
    accepted = 0
    for first in range(number, number + 50, 5):
        try:
            files = _files(_called(read_project(RECORD), STRINGS[first : first + 5]))
        except UserError:
            continue
        accepted += 1
        assert files.keys() == expected.keys()
        for path, text in files.items():
            if path.endswith("settings.py"):
                assert _settings(text) == _settings(expected[path]), path
            elif path.endswith(".py"):
                assert _shape(text) == _shape(expected[path]), path
            elif path.endswith(".toml"):
                assert _without_description(text) == _without_description(expected[path])
            elif path == "Makefile":
                assert _without_default(text) == _without_default(expected[path])
                assert re.search(r"^DATA \?= [A-Za-z0-9_./-]+$", text, re.MULTILINE)
    assert accepted >= 8, "too many names are refused for this to say much"
    write(files, tmp_path / "project")
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    assert not [path for path in tmp_path.rglob("*") if path.is_symlink() or path.name == "hacked"]


def _settings(source: str) -> list[str]:
    """Names that are given plain literals, and the shape of everything else."""
    lines = []
    for node in ast.parse(source).body:
        parts = list(ast.walk(node.value)) if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.Assign) and not any(isinstance(part, ast.Call | ast.Name) for part in parts):
            ast.literal_eval(node.value)
            lines.append(ast.unparse(node.targets[0]))
        else:
            lines.append(_shape(ast.unparse(node)))
    return lines


def _without_description(text: str) -> object:
    found = tomllib.loads(text)
    del found["project"]["description"]
    return found


def _without_default(text: str) -> str:
    return re.sub(r"^DATA \?= .*$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("package", ["../out", "os", "a b", "import", "x;y", "x\n", "ünï", "A", "1a", "__init__", ""])
def test_a_package_name_that_is_no_name_is_refused(package: str, tmp_path: Path) -> None:
    text = RECORD.read_text(encoding="utf-8")
    record = tmp_path / "fates.yaml"
    name = re.search(r"^  name: (.+)$", text, re.MULTILINE)
    assert name is not None
    quoted = package.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    record.write_text(text.replace(name[0], f'  name: "{quoted}"'), encoding="utf-8")

    with pytest.raises(UserError, match="name"):
        read_project(record)
