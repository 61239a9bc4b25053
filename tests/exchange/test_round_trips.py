"""There and back again, in every format; and damaged files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from random_models import (
    REAL_MODELS,
    USUAL,
    configurations,
    flattened,
    groups_of,
    models,
    real_model,
    spelled_out,
)

from fatesline.errors import UserError
from fatesline.exchange import dimacs, featureide, read, uvl, write
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, conjunction, disjunction, feature, negation

READERS = {".uvl": uvl.read_text, ".xml": featureide.read_text, ".cnf": dimacs.read_text}


def truth_in_uvl(root: str, holds: bool) -> Formula:
    either = [feature(root), negation(feature(root))]
    return disjunction(either) if holds else conjunction(either)


@USUAL
@given(models())
def test_written_uvl_reads_back_to_the_same_model(model: FeatureModel) -> None:
    again = uvl.read_text(write(model, ".uvl")).model

    root = model.root.id
    assert {each.id: each for each in again.features} == {each.id: each for each in model.features}
    assert {tuple(group.members) for group in again.groups if group.kind != "mandatory"} <= {
        group.members for group in model.groups
    }
    assert groups_of(again) == groups_of(model)
    assert [(each.id, each.level, each.weight, each.formula) for each in again.constraints] == [
        (
            each.id,
            each.level,
            each.weight,
            flattened(spelled_out(each.formula, lambda holds: truth_in_uvl(root, holds))),
        )
        for each in model.constraints
    ]


@USUAL
@given(models())
def test_a_model_from_uvl_is_written_and_read_to_an_equal_value(model: FeatureModel) -> None:
    once = uvl.read_text(write(model, ".uvl")).model

    assert uvl.read_text(write(once, ".uvl")).model == once


@USUAL
@given(models())
def test_featureide_keeps_the_configurations(model: FeatureModel) -> None:
    again = featureide.read_text(write(model, ".xml")).model

    added = set(again.ids) - set(model.ids)
    found = configurations(again)
    assert {frozenset(chosen - added) for chosen in found} == configurations(model)
    assert len(found) == len(configurations(model))


@USUAL
@given(models())
def test_a_model_from_featureide_is_written_and_read_to_an_equal_value(model: FeatureModel) -> None:
    once = featureide.read_text(write(model, ".xml")).model

    assert featureide.read_text(write(once, ".xml")).model == once
    by_way_of_uvl = featureide.read_text(write(uvl.read_text(write(once, ".uvl")).model, ".xml")).model
    assert {each.id: each for each in by_way_of_uvl.features} == {each.id: each for each in once.features}
    assert groups_of(by_way_of_uvl) == groups_of(once)


@USUAL
@given(models(soft=False))
def test_featureide_keeps_constraints_with_their_ids_and_levels(model: FeatureModel) -> None:
    assume(all(group.kind != "cardinality" for group in model.groups))

    again = featureide.read_text(write(model, ".xml")).model

    def truth(holds: bool) -> Formula:
        return feature(model.root.id) if holds else negation(feature(model.root.id))

    assert [(each.id, each.level, each.weight, each.formula) for each in again.constraints] == [
        (each.id, each.level, each.weight, flattened(spelled_out(each.formula, truth))) for each in model.constraints
    ]


def solutions(model: FeatureModel) -> list[frozenset[str]]:
    """Solutions of a model read from DIMACS, by the clauses alone."""
    variables = [name for name in model.ids if name != model.root.id]
    clauses = [each.formula for each in model.constraints]
    found: list[frozenset[str]] = []

    def settle(at: int, chosen: frozenset[str]) -> None:
        if at == len(variables):
            if all(clause.holds_in(chosen) for clause in clauses):
                found.append(chosen)
            return
        settle(at + 1, chosen)
        settle(at + 1, chosen | {variables[at]})

    settle(0, frozenset())
    return found


@USUAL
@given(models(most=5))
def test_dimacs_keeps_the_configurations_and_their_number(model: FeatureModel) -> None:
    again = dimacs.read_text(write(model, ".cnf")).model
    assume(len(again.features) <= 14)

    found = solutions(again)

    assert {chosen & set(model.ids) for chosen in found} == configurations(model)
    assert len(found) == len(configurations(model))


@USUAL
@given(models(most=6))
def test_a_model_from_dimacs_is_written_and_read_to_an_equal_value(model: FeatureModel) -> None:
    once = dimacs.read_text(write(model, ".cnf")).model

    assert dimacs.read_text(write(once, ".cnf")).model == once


@pytest.mark.parametrize(("size", "low", "high"), [(9, 4, 6), (14, 1, 1), (12, 6, 12), (10, 0, 5)])
def test_large_groups_keep_their_number_of_configurations(
    size: int, low: int, high: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pysat.solvers import Solver

    monkeypatch.setattr(dimacs, "MOST_CLAUSES_OF_A_GROUP", 3)
    members = [f"m{number}" for number in range(size)]
    features = (Feature("r"), *(Feature(member, "r") for member in members))
    model = FeatureModel(features, (Group("r", tuple(members), low, high),))

    lines = write(model, ".cnf").splitlines()

    clauses = [[int(word) for word in line.split()[:-1]] for line in lines if line[0] not in "cp"]
    with Solver("glucose4", bootstrap_with=clauses) as solver:
        found = sum(1 for _ in solver.enum_models())
    assert found == sum(1 for number in range(1 << size) if low <= number.bit_count() <= high)


def said_of(reading: Callable[[], object]) -> str:
    """What the user is told; nothing if it could be read. Any other exception than UserError is a fault of ours."""
    try:
        reading()
    except UserError as fault:
        return str(fault)
    return ""


@USUAL
@given(models(most=4), st.sampled_from([".uvl", ".xml", ".cnf"]), st.data())
def test_a_damaged_file_is_read_or_refused_in_words(model: FeatureModel, suffix: str, data: st.DataObject) -> None:
    text = write(model, suffix)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        match data.draw(st.sampled_from(["cut", "drop", "add", "swap", "repeat"])):
            case "cut":
                text = text[:at]
            case "drop":
                text = text[:at] + text[at + data.draw(st.integers(1, 9)) :]
            case "add":
                signs = "\"'(){}[]<>=!&|.,:;/*-+\t\n\r\0 0179abé\ud7ff"
                text = text[:at] + data.draw(st.text(signs, max_size=4)) + text[at:]
            case "swap":
                lines = text.split("\n")
                first, second = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[first], lines[second] = lines[second], lines[first]
                text = "\n".join(lines)
            case "repeat":
                text = text[:at] + text[max(0, at - 9) :]

    said = said_of(lambda: READERS[suffix](text, "file"))

    assert not said or said.startswith("file:")


@USUAL
@given(st.binary(max_size=60), st.sampled_from([".uvl", ".xml", ".cnf", ".dimacs.gz"]))
@example(b"\x1f\x8b\x08\x00", ".uvl")
@example(b"\xff\xfe\x00", ".uvl")
@example(gzip.compress(b"features\n\tA")[:-6], ".uvl")
def test_arbitrary_bytes_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)

    said = said_of(lambda: read(path))

    assert not said or said.startswith(str(path))


def names_of_real_models() -> list[str]:
    return sorted(path.name for path in REAL_MODELS.glob("*.*") if path.suffix != ".md") or ["linux-2.6.33.3.uvl.gz"]


@pytest.mark.parametrize("name", names_of_real_models())
def test_real_models_are_written_and_read_to_equal_values(name: str) -> None:
    path = real_model(name)
    suffix = "." + name.removesuffix(".gz").rsplit(".", 1)[1]

    imported = read(path)

    assert not imported.kept
    assert not imported.remarks
    assert READERS[suffix](write(imported.model, suffix), "again").model == imported.model


def test_the_uvl_and_the_xml_of_uclinux_are_the_same_model() -> None:
    tree, xml = (
        read(real_model("uclinux-distribution.uvl")).model,
        read(real_model("uclinux-distribution.xml.gz")).model,
    )

    def literals(model: FeatureModel) -> set[frozenset[str]]:
        return {each.formula.variables() for each in model.constraints}

    assert {each.id: each.parent for each in tree.features} == {each.id: each.parent for each in xml.features}
    assert groups_of(tree) == groups_of(xml)
    assert literals(tree) == literals(xml)


def test_the_suffix_decides_and_gz_packs(tmp_path: Path) -> None:
    model = FeatureModel((Feature("A"), Feature("B", "A")), (), (Constraint("constraint-1", feature("B")),))

    for name in ("m.uvl", "m.uvl.gz", "m.xml", "m.xml.gz"):
        text = write(model, tmp_path / name)
        assert read(tmp_path / name).model == model
        content = (tmp_path / name).read_bytes()
        assert (gzip.decompress(content) if name.endswith(".gz") else content).decode() == text


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"(?s)is no known suffix.*\.uvl, \.xml, \.cnf, \.dimacs"):
        read(tmp_path / "model.json")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.uvl").mkdir()

    with pytest.raises(UserError, match="there is no such file"):
        read(tmp_path / "missing.uvl")
    with pytest.raises(UserError, match="the file cannot be read: is a directory"):
        read(tmp_path / "folder.uvl")
