from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def train():
    return pd.DataFrame(
        {"age": [20.0, 40.0, 60.0, 30.0], "income": [1.0, np.nan, 3.0, 2.0], "job": ["cook", "nurse", "cook", "nurse"]}
    )


def test_no_training_row_is_ever_refused(component, train):
    domain = component.domain_of(train, ["age", "income"], ["job"], margin=0.0)

    assert (component.outside(train, domain) == "").all()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("age", 60.5, "age is outside 20 to 60"),
        ("age", -1.0, "age is outside 20 to 60"),
        ("age", np.nan, "age is missing, which it never was in training"),
        ("job", "pilot", "job has a value that never occurred in training"),
        ("job", None, "job is missing, which it never was in training"),
        ("income", np.nan, ""),
        ("income", 1.5, ""),
    ],
)
def test_what_never_occurred_in_training_is_refused_with_its_reason(component, train, column, value, reason):
    domain = json.loads(json.dumps(component.domain_of(train, ["age", "income"], ["job"], margin=0.0)))
    row = train.iloc[[0]].copy()
    row[column] = [value]

    assert component.outside(row, domain).tolist() == [reason]


def test_several_reasons_are_all_told_and_the_value_of_a_text_is_not(component, train):
    domain = component.domain_of(train, ["age", "income"], ["job"], margin=0.0)

    told = component.outside(pd.DataFrame({"age": [99.0], "income": [9.0], "job": ["Jane Doe"]}), domain).iloc[0]

    assert told.count(";") == 2
    assert "Jane" not in told


def test_a_margin_widens_the_range_by_its_share(component, train):
    domain = component.domain_of(train, ["age"], [], margin=0.25)

    found = component.outside(pd.DataFrame({"age": [10.0, 9.9, 70.0, 70.1]}), domain)

    assert [bool(reason) for reason in found] == [False, True, False, True]


def test_a_column_without_numbers_knows_no_range(component):
    empty = pd.DataFrame({"age": [np.nan, np.nan]})

    domain = json.loads(json.dumps(component.domain_of(empty, ["age"], [], margin=0.0)))

    assert component.outside(pd.DataFrame({"age": [1.0, np.nan]}), domain).tolist()[1] == ""
    assert "no number" in component.outside(pd.DataFrame({"age": [1.0]}), domain).iloc[0]


def test_the_share_of_refused_test_rows_is_held_against_the_limit(component, train, tmp_path):
    test = pd.DataFrame({"age": [25.0, 61.0, 70.0, 30.0], "income": 2.0, "job": ["cook", "cook", "pilot", "nurse"]})

    found = component.learn(train, test, tmp_path / "model.skops", ["age", "income"], ["job"])
    lenient = component.learn(train, test, tmp_path / "model.skops", ["age", "income"], ["job"], largest_share=0.5)

    assert found["measured"] == {"rows": 4, "refused": 2, "share": 0.5, "by_column": {"age": 2, "job": 1}}
    assert found["holds"] is False
    assert lenient["holds"] is True
    assert json.loads(json.dumps(found)) == found


def test_rows_outside_what_was_written_beside_the_model_get_no_result_but_a_reason(component, train, tmp_path, caplog):
    component.learn(train, train, tmp_path / "model.skops", ["age", "income"], ["job"])
    rows = train.set_axis([7, 5, 6, 9]).assign(age=[20.0, 19.0, 60.0, 61.0])

    kept = component.refuse(rows, pd.Series(["Yes", "Yes", "No", "No"], index=rows.index), tmp_path / "model.skops")

    assert kept.to_dict() == {7: "Yes", 5: None, 6: "No", 9: None}
    assert caplog.messages == [f"row {row}: no prediction: age is outside 20 to 60" for row in (5, 9)]


def test_without_what_was_written_nothing_is_let_through(component, train, tmp_path):
    with pytest.raises(ValueError, match="train again"):
        component.refuse(train, train["job"], tmp_path / "model.skops")
