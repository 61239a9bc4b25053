from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from fatesline.testing import evidence_faults, load_component, people_table

pytest_plugins = ["pytester"]


def test_components_with_equal_file_names_do_not_meet(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "for_sklearn.py").write_text(f"NAME = {name!r}\n\n\nclass Model:\n    pass\n")

    one, two = (load_component(tmp_path / name / "for_sklearn.py") for name in ("one", "two"))

    assert (one.NAME, two.NAME) == ("one", "two")
    assert type(pickle.loads(pickle.dumps(one.Model()))) is one.Model


def test_a_component_that_fails_to_import_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "for_sklearn.py").write_text("raise KeyError('x')\n")
    before = set(sys.modules)

    with pytest.raises(KeyError, match="x"):
        load_component(tmp_path / "for_sklearn.py")

    assert not {name for name in set(sys.modules) - before if name.startswith("fatesline_component")}


def test_a_missing_component_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"there is no component .*for_sklearn\.py"):
        load_component(tmp_path / "for_sklearn.py")


def test_a_test_beside_a_component_gets_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["fatesline.testing"]')
    folder = pytester.mkdir("halving")
    (folder / "for_sklearn.py").write_text("def half(x):\n    return x / 2\n")
    (folder / "test_halving.py").write_text("def test_half(component):\n    assert component.half(4) == 2\n")

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_people_are_the_same_every_time_and_every_group_has_both_labels() -> None:
    table = people_table(40)

    assert table.equals(people_table(40))
    assert not table.equals(people_table(40, seed=1))
    assert (table.groupby(["sex", "race"])["granted"].nunique() == 2).all()
    assert table.index.is_unique
    assert not table.index.is_monotonic_increasing
    assert table["income"].isna().any()
    assert table["housing"].isna().any()
    assert table["person"].duplicated().any()


GOOD = {"measured": {"rate": 0.25, "per": [1, None]}, "threshold": {"rate": 0.2}, "holds": True, "because": "It does."}


def test_evidence_that_can_be_written_and_read_back_has_no_fault() -> None:
    assert evidence_faults(GOOD) == []
    assert evidence_faults({"measured": {}, "holds": None, "because": "Nothing to tell."}) == []


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"measured": {"x": np.int64(5)}}, ["evidence.measured.x: int64 cannot be written as JSON and read back"]),
        ({"measured": {"rate": float("nan")}}, ["evidence.measured.rate: nan cannot be written as JSON; use null"]),
        ({"measured": {"rate": 1 / 3}}, ["evidence.measured.rate: 0.3333333333333333 is not rounded to 6 digits"]),
        ({"measured": {"range": (0, 1)}}, ["evidence.measured.range: tuple cannot be written as JSON and read back"]),
        ({"measured": {1: "a"}}, ["evidence.measured: the key 1 is no text"]),
        ({"measured": [1]}, ["measured is a dict, not list"]),
        ({"holds": "yes"}, ["holds is true, false or null"]),
        ({"because": "One.\nTwo."}, ["because is one sentence"]),
        ({"note": "x"}, ['"note" is no key of evidence']),
    ],
)  # fmt: skip
def test_each_fault_of_evidence_is_named(change: dict[str, object], faults: list[str]) -> None:
    assert evidence_faults({**GOOD, **change}) == faults


def test_evidence_has_all_its_keys() -> None:
    assert evidence_faults({}) == [f'the key "{key}" is missing' for key in ("because", "holds", "measured")]
    assert evidence_faults(None) == ["evidence is a dict, not NoneType"]
