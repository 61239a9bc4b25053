"""DIMACS: what is read and written, and how faults are told."""

from __future__ import annotations

import pytest
from random_models import real_model

from fatesline.errors import UserError
from fatesline.exchange import read, write
from fatesline.exchange.dimacs import read_text
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import parse


def faults(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        read_text(text, "m.cnf")
    return [line for line in str(caught.value).splitlines() if line.startswith("m.cnf")]


def test_clauses_are_constraints_over_optional_children_of_an_abstract_root() -> None:
    text = "c 1 a b\nc made by hand\nc 3 c\np cnf 3 4\n1 -2\n3 0 -1 0\n0\n2 -2 2 0\n%\n0\n"

    model = read_text(text).model

    assert model.root == Feature("root", None, abstract=True, attributes={"dimacs.root": True})
    assert [(each.id, each.parent) for each in model.features[1:]] == [("a b", "root"), ("2", "root"), ("c", "root")]
    assert [each.formula.kind for each in model.constraints] == ["or", "not", "or", "or"]
    assert model.constraints[2].formula.parts == ()
    assert write(model, ".cnf") == "c 1 a b\nc 2 2\nc 3 c\np cnf 3 4\n1 -2 3 0\n-1 0\n0\n2 -2 2 0\n"


def test_a_tree_is_written_as_clauses_with_names_first() -> None:
    features = (Feature("r"), *(Feature(each, "r") for each in "abc"))
    rules = (Constraint("x", parse("a & b => c")), Constraint("nice", parse("a"), "preference"))
    model = FeatureModel(features, (Group.alternative("r", "bc"),), rules)

    assert write(model, ".dimacs").splitlines() == [
        *("c 1 r", "c 2 a", "c 3 b", "c 4 c", "p cnf 4 7"),
        *("1 0", "-2 1 0", "-3 1 0", "-4 1 0", "-1 3 4 0", "-3 -4 0", "-2 -3 4 0"),
    ]


def test_long_formulas_stay_small_by_variables_of_their_own() -> None:
    names = [f"f{at}" for at in range(40)]
    formula = parse(" | ".join(f"({a} & {b})" for a, b in zip(names[::2], names[1::2], strict=True)))
    features = (Feature("r"), *(Feature(each, "r") for each in names))

    text = write(FeatureModel(features, (), (Constraint("x", formula),)), ".cnf")

    assert len(text.splitlines()) < 200


def test_the_clauses_of_automotive01_come_back_as_they_were() -> None:
    path = real_model("automotive01.cnf.gz")
    model = read(path).model

    import gzip

    given = [line for line in gzip.decompress(path.read_bytes()).decode().splitlines() if line[0] not in "cp"]
    written = [line for line in write(model, ".cnf").splitlines() if line[0] not in "cp"]

    assert len(model.features) == 2514
    assert [line.split() for line in written] == [line.split() for line in given]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["m.cnf:1:1: the file is empty"]),
        ("c only a comment\n", ["m.cnf:1:1: the file has no line p cnf"]),
        ("1 2 0\n", ['m.cnf:1:1: "1 2 0" stands before the line p cnf']),
        ("p cnf x 1\n", ['m.cnf:1:1: "p cnf x 1" is no header']),
        ("p cnf 2 1\n1 x 0\n1 3 0\n-4 0\n", [
            'm.cnf:2:3: "x" is no literal',
            "m.cnf:3:3: 3 is used and only 2 variables are declared",
            "m.cnf:4:1: -4 is used and only 2 variables are declared",
        ]),
        ("p cnf 2 2\n1 2 0\n", ["m.cnf:2:6: 2 clauses are declared and 1 found; the file is cut off"]),
        ("p cnf 2 1\n1 2\n", ["m.cnf:2:4: the last clause is not closed by 0; the file is cut off"]),
        ("c 1 a\nc 2 a\np cnf 2 0\n", ['m.cnf:2:1: the variables 1 and 2 are both called "a"']),
        ("p cnf 999999999 0\n", ["m.cnf:1:1: more than 1000000 variables are declared"]),
        ("p cnf 1 1\np cnf 1 1\n1 0\n", ["m.cnf:2:1: there is a second line p cnf"]),
        ("p cnf 1 1\n1_0 0\n", ['m.cnf:2:1: "1_0" is no literal']),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_places(text: str, told: list[str]) -> None:
    assert faults(text) == told


def test_more_clauses_than_declared_are_read_with_a_remark() -> None:
    imported = read_text("p cnf 1 1\n1 0\n-1 0\n")

    assert len(imported.model.constraints) == 2
    assert "1 clauses are declared, 2 found and read" in imported.remarks[0].text


def test_names_that_dimacs_cannot_hold_are_refused() -> None:
    with pytest.raises(UserError, match='DIMACS cannot hold the name " a"'):
        write(FeatureModel((Feature(" a"),)), ".cnf")
