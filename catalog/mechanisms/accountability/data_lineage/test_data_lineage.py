from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest


@pytest.fixture
def table():
    return pd.DataFrame({"age": [20.0, 30, None, 50], "job": ["nurse", "cook", "cook", None]})


def _run(data="d1", code="c1", model="m1", seed=0, numpy="2.1"):
    return {
        "finished": "2026-01-01T00:00:00+00:00",
        "data": {"file": "loans.csv", "sha256": data, "rows": 4},
        "code": {"sha256": code},
        "model": {"file": "model.skops", "sha256": model},
        "seed": seed,
        "versions": {"numpy": numpy},
    }


PROJECT = {
    "name": "loans",
    "answers": [{"id": "data_origin", "answers": ["Bought from others"]}],
    "selected": [{"id": "leak_free_split", "phase": "data"}, {"id": "ridge", "phase": "training"}],
}


def _record(component, table, folder, **changed):
    return component.record(_run(**changed), PROJECT, table, table.iloc[:2], table.iloc[2:], folder)


def test_the_first_run_accounts_for_every_row_and_column_and_keeps_no_value(component, table, tmp_path):
    found = component.record(_run(), PROJECT, table, table.iloc[:2], table.iloc[2:3], tmp_path)

    assert found["holds"] is True
    assert found["measured"]["rows"] == {"read": 4, "training": 2, "test": 1, "left out": 1}
    text = (tmp_path / "lineage.jsonl").read_text(encoding="utf-8")
    assert json.loads(text)["columns"]["age"] == {"type": "float64", "missing": 1}
    assert not any(value in text for value in ("nurse", "cook"))
    assert json.loads(json.dumps(found)) == found


def test_each_line_holds_the_hash_of_the_line_before(component, table, tmp_path):
    for number in range(3):
        _record(component, table, tmp_path, model=f"m{number}")

    lines = (tmp_path / "lineage.jsonl").read_bytes().split(b"\n")[:-1]
    assert [json.loads(line)["previous"] for line in lines] == [
        "0" * 64,
        *(hashlib.sha256(line).hexdigest() for line in lines[:-1]),
    ]


@pytest.mark.parametrize("line", [0, 1])
def test_a_line_changed_later_breaks_the_chain_for_good(component, table, tmp_path, line):
    for number in range(3):
        _record(component, table, tmp_path, model=f"m{number}")
    path = tmp_path / "lineage.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line] = lines[line].replace('"rows": 4', '"rows": 9')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    found, later = (_record(component, table, tmp_path) for _ in range(2))

    assert found["holds"] is later["holds"] is False
    assert f"line {line + 1} " in found["because"]


def test_a_line_taken_out_or_torn_breaks_the_chain(component, table, tmp_path):
    for number in range(3):
        _record(component, table, tmp_path, model=f"m{number}")
    lines = (tmp_path / "lineage.jsonl").read_text(encoding="utf-8").splitlines()

    assert component.first_broken(lines) is None
    assert component.first_broken([lines[0], lines[2]]) == 1
    assert component.first_broken(lines[1:]) == 1
    assert component.first_broken([lines[0], lines[1][:40]]) == 2


def test_what_differs_from_the_run_before_is_told(component, table, tmp_path):
    _record(component, table, tmp_path)
    wider = pd.concat([table, table], ignore_index=True).assign(town="x", age=1).drop(columns="job")

    same = _record(component, table, tmp_path)
    other = component.record(_run("d2", "c2", "m2", 1, "2.2"), PROJECT, wider, wider.iloc[:4], wider.iloc[4:], tmp_path)

    assert same["measured"]["changes"] == []
    assert same["because"].endswith("nothing differs")
    assert other["measured"]["changes"] == [
        "other data, +4 rows",
        "column job is gone",
        "column town is new",
        "column age is int64, not float64",
        "other versions of numpy",
        "other code",
        "other seed",
        "other model",
    ]


def test_rows_that_went_both_ways_are_counted(component, table, tmp_path):
    found = component.record(_run(), PROJECT, table, table.iloc[:3], table.iloc[2:], tmp_path)

    assert found["holds"] is False
    assert found["because"].startswith("1 rows")
    assert found["measured"]["rows"]["left out"] == 0


def _document(folder):
    return json.loads((folder / "lineage.prov.json").read_text(encoding="utf-8"))


def test_every_relation_of_the_document_joins_things_that_it_declares(component, table, tmp_path):
    _record(component, table, tmp_path)
    _record(component, table, tmp_path, model="m2", seed=1)

    told = _document(tmp_path)
    declared = {name for kind in ("entity", "activity", "agent") for name in told[kind]}
    relations = [one for kind in told if kind.startswith(("was", "used")) for one in told[kind].values()]
    ends = {value for one in relations for key, value in one.items() if key != "prov:type"}
    assert ends == declared
    assert {name.split(":")[0] for name in declared} <= set(told["prefix"])


def test_the_model_derives_from_the_file_and_the_file_from_its_origin(component, table, tmp_path):
    _record(component, table, tmp_path)

    told = _document(tmp_path)
    source_of = {one["prov:generatedEntity"]: one["prov:usedEntity"] for one in told["wasDerivedFrom"].values()}
    way = ["sha256:m1"]
    while way[-1] in source_of:
        way.append(source_of[way[-1]])
    assert [told["entity"][one].get("prov:label") for one in way] == [
        "model.skops",
        "training rows",
        "loans.csv",
        "Bought from others",
    ]
    assert way[2] == "sha256:d1"


def test_a_run_is_informed_by_the_run_before(component, table, tmp_path):
    _record(component, table, tmp_path)
    first = _document(tmp_path)
    run = {**_run(), "finished": "2026-02-01T00:00:00+00:00"}

    component.record(run, PROJECT, table, table.iloc[:2], table.iloc[2:], tmp_path)

    [before] = [one["prov:informant"] for name, one in _document(tmp_path)["wasInformedBy"].items() if "before" in name]
    assert first["activity"][before]["prov:endTime"] == "2026-01-01T00:00:00+00:00"
