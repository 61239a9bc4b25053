"""What is read of code that Python refuses."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fatesline.checking import inventory
from fatesline.checking.readers.broken_code import rescued


def _calls(path: Path) -> set[tuple[str, int]]:
    return {(fact.name, fact.place.line) for fact in inventory(path).facts if fact.role == "call"}


def test_code_for_python_2_is_read_on_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "old.py"
    file.write_text(
        "import random\n"
        "def told(error):\n"
        "\tif error: print 'error', error,\n"
        "        print >>log, error\n"
        "\ttry:\n"
        "\t\trandom.seed(3L)\n"
        "\texcept ValueError, e:\n"
        "\t\traise KeyError, 'none'\n"
        "told(1)\n"
        "print\n",
        encoding="utf-8",
    )

    found = inventory(tmp_path)

    assert ("random.seed", 6) in _calls(tmp_path)
    assert [(problem.kind, problem.place.file) for problem in found.problems] == [("syntax", "old.py")]


def test_a_broken_statement_hides_no_other(tmp_path: Path) -> None:
    file = tmp_path / "cut.py"
    file.write_text(
        "import random\nrandom.seed(3)\nvalue = 'not closed\n\n@wraps\ndef drawn():\n    return random.choice([1, 2])\n"
        "\nprint(drawn())\nlast = (\n",
        encoding="utf-8",
    )

    calls = _calls(tmp_path)

    assert {("random.seed", 2), ("random.choice", 7)} <= calls


def test_nothing_is_read_out_of_a_text_that_is_not_closed(tmp_path: Path) -> None:
    (tmp_path / "cut.py").write_text('import random\n"""\nrandom.seed(3)\n', encoding="utf-8")

    assert not any(name.startswith("random.") for name, _ in _calls(tmp_path))


def test_the_rest_of_a_broken_cell_is_read(tmp_path: Path) -> None:
    cells = ["import random\nprint 'first'\nrandom.seed(3)\n", "random.random()\n"]
    notebook = {
        "cells": [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (tmp_path / "old.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    assert ("random.seed", 3) in _calls(tmp_path)


@given(
    st.lists(st.sampled_from(["x = 1\n", "def f():\n    g()\n", "y = (\n", "print 'x'\n", '"""\n', "\n"]), max_size=12)
)
def test_lines_stay_where_they_are(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.split("\n")

    for statement in rescued(text):
        if isinstance(statement, ast.Assign):
            assert lines[statement.lineno - 1] == "x = 1"
