from __future__ import annotations

import argparse
import hashlib
import hmac
import json

import pandas as pd
import pytest

INPUTS = ["age", "job"]
KEY = bytes(range(32))
MODEL = b"grant above 30"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("DECISION_LOG_KEY", KEY.hex())


@pytest.fixture
def record(tmp_path):
    """Two decisions on record, one without the column of jobs, and the model that made them."""
    digest = hashlib.sha256(MODEL).hexdigest()
    (tmp_path / "models" / digest).mkdir(parents=True)
    (tmp_path / "models" / digest / "model.txt").write_bytes(MODEL)
    (tmp_path / "decisions").mkdir()

    def line(event, row, result, masked=()):
        text = json.dumps(row, sort_keys=True)
        return json.dumps(
            {
                "event": event,
                "time": "2026-01-02T00:00:00+00:00",
                "model": digest,
                "row": hmac.new(KEY, text.encode(), "sha256").hexdigest(),
                "inputs": {name: value for name, value in row.items() if name not in masked},
                "result": result,
            }
        )

    lines = [
        line("plain", {"age": 31.0, "job": "cook"}, "yes"),
        line("gap", {"age": None, "job": None}, "no"),
        line("masked", {"age": 29.0, "job": "nurse"}, "no", masked=["job"]),
        line("held", {"age": 30.0, "job": "cook"}, None),
        line("wrong", {"age": 29.0, "job": "cook"}, "yes"),
    ]
    (tmp_path / "decisions" / "2026-01-02.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path


def answer(model_file, X):
    assert model_file.read_bytes() == MODEL
    assert X["age"].dtype == float
    return pd.Series(["yes" if age > 30 else "no" for age in X["age"]], index=X.index)


def _replay(component, record, event, rows=None):
    return component.replay(event, rows, record, ["age"], INPUTS, answer)


TABLE = pd.DataFrame({"age": [29.0, 29.0, 40.0], "job": ["cook", "nurse", "nurse"]})


@pytest.mark.parametrize(("event", "result"), [("plain", "yes"), ("gap", "no")])
def test_a_decision_is_made_again_from_the_log_alone(component, record, event, result):
    assert _replay(component, record, event).startswith(f"{event} of 2026-01-02T00:00:00+00:00 was {result} by model")


def test_a_row_that_the_log_masks_is_found_in_the_table(component, record):
    assert "was no by model" in _replay(component, record, "masked", TABLE)


def test_without_the_table_it_is_said_which_columns_the_log_leaves_out(component, record):
    with pytest.raises(ValueError, match="leaves out job: name the table"):
        _replay(component, record, "masked")


def test_a_row_that_was_changed_since_is_not_taken_for_the_one_decided_on(component, record):
    with pytest.raises(ValueError, match="none of 3 rows"):
        _replay(component, record, "masked", TABLE.assign(age=TABLE["age"] + 1))


def test_another_answer_than_that_day_is_an_error(component, record):
    with pytest.raises(ValueError, match="was yes, and is no now"):
        _replay(component, record, "wrong")


def test_what_was_left_to_a_person_says_what_the_model_would_have_said(component, record):
    assert _replay(component, record, "held").endswith("says no")


def test_a_model_that_was_changed_is_not_used(component, record):
    [file] = (record / "models").rglob("model.txt")
    file.write_bytes(b"grant never")

    with pytest.raises(ValueError, match="the model that decided"):
        _replay(component, record, "plain")


def test_an_unknown_decision_is_refused(component, record):
    with pytest.raises(ValueError, match="'nothing' is not on record"):
        _replay(component, record, "nothing")


def test_the_command_reads_the_table_as_the_model_is_given_it(component, record, tmp_path):
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(), record, ["age"], INPUTS, lambda path: TABLE, answer)

    arguments = parser.parse_args(["replay", "masked", "--data", str(tmp_path / "cases.csv")])

    assert arguments.run(arguments).endswith("is the same now")


@pytest.mark.parametrize(("now", "same"), [(0.1 + 0.2, True), (0.3001, False)])
def test_numbers_are_the_same_up_to_their_last_digits(component, record, now, same):
    [file] = (record / "decisions").glob("*")
    file.write_text(file.read_text().replace('"result": "yes"', '"result": 0.3'))

    def numbers(model_file, X):
        return pd.Series([now], index=X.index)

    def again():
        return component.replay("plain", None, record, ["age"], INPUTS, numbers)

    if same:
        assert "is the same now" in again()
    else:
        with pytest.raises(ValueError, match=r"was 0\.3, and is 0\.3001 now"):
            again()
