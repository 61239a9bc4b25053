"""Formulas: written, read, printed, evaluated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatesline.errors import UserError
from fatesline.model.formula import (
    DEEPEST,
    Formula,
    conjunction,
    disjunction,
    equivalence,
    feature,
    implication,
    negation,
    parse,
)

NAMES = ("a", "b", "c_1", "d.e", "f-g")

formulas = st.recursive(
    st.sampled_from(NAMES).map(feature),
    lambda inner: st.one_of(
        inner.map(negation),
        st.lists(inner, min_size=2, max_size=4).map(conjunction),
        st.lists(inner, min_size=2, max_size=4).map(disjunction),
        st.builds(implication, inner, inner),
        st.builds(equivalence, inner, inner),
    ),
    max_leaves=12,
)
choices = st.frozensets(st.sampled_from(NAMES))


@given(formulas, choices)
def test_a_printed_formula_reads_back_to_the_same_meaning(formula: Formula, chosen: frozenset[str]) -> None:
    assert parse(str(formula)).holds_in(chosen) == formula.holds_in(chosen)


@given(formulas)
def test_printing_what_was_read_changes_nothing(formula: Formula) -> None:
    read = parse(str(formula))

    assert parse(str(read)) == read


@given(formulas, choices)
def test_truth_is_that_of_python(formula: Formula, chosen: frozenset[str]) -> None:
    def spelled(part: Formula) -> str:
        inner = [f"({spelled(one)})" for one in part.parts]
        match part.kind:
            case "feature":
                return str(part.feature in chosen)
            case "not":
                return f"not {inner[0]}"
            case "implies":
                return f"(not {inner[0]}) or {inner[1]}"
            case "iff":
                return f"{inner[0]} == {inner[1]}"
            case _:
                return f" {part.kind} ".join(inner)

    # Only "True", "False" and operators: our own spelling of a random formula.
    assert formula.holds_in(chosen) == eval(spelled(formula))


@given(formulas)
def test_variables_are_the_features_that_occur(formula: Formula) -> None:
    renamed = formula.renamed(lambda name: f"x_{name}")

    assert {f"x_{name}" for name in formula.variables()} == renamed.variables()
    assert formula.variables() == {name for name in NAMES if name in str(formula)}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("!a & b", "(!a) & b"),
        ("a & b | c_1", "(a & b) | c_1"),
        ("a | b => c_1", "(a | b) => c_1"),
        ("a => b <=> c_1", "(a => b) <=> c_1"),
        ("a => b => c_1", "(a => b) => c_1"),
        ("a <=> b <=> c_1", "(a <=> b) <=> c_1"),
        ("!!a", "!(!a)"),
    ],
)
def test_signs_bind_as_in_uvl(text: str, same: str) -> None:
    assert parse(text) == parse(same)
    assert str(parse(same)) == text


def test_brackets_stay_where_they_matter() -> None:
    assert str(parse("a => (b => c_1)")) == "a => (b => c_1)"
    assert str(parse("!(a & b)")) == "!(a & b)"
    assert str(parse("(a | b) & c_1")) == "(a | b) & c_1"


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "ends where a feature is expected"),
        ("a &", 4, "ends where a feature is expected"),
        ("a b", 3, "operator is missing"),
        ("a & & b", 5, "stands where a feature is expected"),
        ("(a", 1, "never closed"),
        ("a)", 2, 'without "("'),
        ("a $ b", 3, "means nothing here"),
        ("a => => b", 6, "stands where a feature is expected"),
        ("a !b", 3, "operator is missing"),
    ],
)
def test_a_fault_is_named_with_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(UserError) as raised:
        parse(text)

    assert raised.value.where == f"column {column}"
    assert said in raised.value.what


def test_deep_nesting_is_refused_and_long_chains_are_not() -> None:
    with pytest.raises(UserError, match="nested"):
        parse("!" * (DEEPEST + 1) + "a")
    with pytest.raises(UserError):
        parse("(" * 100_000)

    assert parse(" & ".join(["a"] * 10_000)).kind == "and"
    assert parse("!" * (DEEPEST - 1) + "a").variables() == {"a"}


def test_empty_junctions_are_true_and_false_and_have_no_written_form() -> None:
    assert conjunction([]).holds_in([])
    assert not disjunction([]).holds_in(["a"])
    with pytest.raises(ValueError, match="no written form"):
        str(conjunction([]))
