"""Generated source means what it was made from, and ruff leaves it as it is."""

from __future__ import annotations

import ast
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.generation.python_source import call, import_from, literal, text_literal

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6), max_leaves=30
)


@given(values)
def test_a_literal_reads_back_as_the_value(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(st.text())
def test_no_string_gets_out_of_its_quotes(text: str) -> None:
    tree = ast.parse(f"x = {text_literal(text)}\n", mode="exec")

    assert len(tree.body) == 1
    assert ast.literal_eval(tree.body[0].value) == text  # type: ignore[attr-defined]


def written(characters: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    texts = st.text(characters, max_size=40)
    numbers = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        numbers | texts,
        lambda inner: st.lists(inner, max_size=6) | st.dictionaries(texts, inner, max_size=6),
        max_leaves=30,
    )


# Width of exotic characters differs between terminals and ruff's tables; the common scripts agree.
COMMON = st.characters(min_codepoint=9, max_codepoint=0x17F) | st.sampled_from("漢字かなالعربية")


@settings(max_examples=8, deadline=None)
@given(st.lists(written(COMMON), min_size=20, max_size=40))
def test_ruff_format_changes_nothing(items: list[object]) -> None:
    source = "".join(
        f"name_{number} = {literal(item, column=len(f'name_{number} = '))}\n" for number, item in enumerate(items)
    )

    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "120", "-"],
        input=source.encode("utf-8", "surrogatepass"),
        capture_output=True,
        check=True,
    )

    assert formatted.stdout.decode("utf-8", "surrogatepass") == source


def test_a_long_call_takes_a_line_for_each_argument() -> None:
    arguments = [(f"argument_{number}", f"settings.VALUE_{number}") for number in range(5)]

    assert call("module.function", arguments[:1], before="x = ") == "x = module.function(argument_0=settings.VALUE_0)"
    assert call("module.function", arguments, indent=1).splitlines()[1] == "        argument_0=settings.VALUE_0,"


def test_imports_are_sorted() -> None:
    assert import_from("project", ["settings", "data", "data"]) == "from project import data, settings"
