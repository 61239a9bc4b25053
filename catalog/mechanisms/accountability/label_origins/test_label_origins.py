from __future__ import annotations

import json

import pandas as pd
import pytest


def _table(tmp_path, origins):
    path = tmp_path / "table.csv"
    pd.DataFrame({"id": range(len(origins)), "origin": origins}).to_csv(path, index=False)
    return path


def read(path, columns):
    table = pd.read_csv(path, dtype=str)
    lacking = [column for column in columns if column not in table]
    if lacking:
        raise ValueError(f"these columns are missing: {lacking}")
    return table[columns]


def test_labels_that_the_model_made_are_counted(component, tmp_path):
    path = _table(tmp_path, ["model"] * 3 + ["person"] * 6 + ["random"])

    evidence = component.check(path, read, "origin")

    assert evidence["measured"] == {
        "rows": 10,
        "share_made_by_model": 0.3,
        "origins": {"model": 3, "person": 6, "random": 1},
    }
    assert evidence["holds"] is False
    assert evidence["because"].startswith("30.0% of 10 labels were brought about by the model, 20.0% are allowed")
    assert json.loads(json.dumps(evidence)) == evidence


@pytest.mark.parametrize(("limit", "holds"), [(0.3, True), (0.29, False)])
def test_a_share_at_the_limit_is_allowed(component, tmp_path, limit, holds):
    path = _table(tmp_path, ["version 3"] * 3 + ["person"] * 7)

    assert component.check(path, read, "origin", "version 3", limit)["holds"] is holds


@pytest.mark.parametrize("gap", [None, "  "])
def test_rows_without_a_mark_are_refused(component, tmp_path, gap):
    path = _table(tmp_path, ["person", gap, gap, "model"])

    with pytest.raises(ValueError, match="2 of 4 rows do not say in 'origin'"):
        component.check(path, read, "origin")


def test_a_table_without_the_column_is_refused(component, tmp_path):
    with pytest.raises(ValueError, match="these columns are missing"):
        component.check(_table(tmp_path, ["person"]), read, "source of the label")


def test_where_no_column_is_named_nothing_can_be_told(component, tmp_path):
    evidence = component.check(_table(tmp_path, ["person"]), read)

    assert evidence["holds"] is None
    assert evidence["measured"] == {}
