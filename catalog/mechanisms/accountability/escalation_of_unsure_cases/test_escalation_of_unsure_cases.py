from __future__ import annotations

import argparse
import json

import numpy as np
import pandas as pd
import pytest

RANGES, LEVELS = {"age": [18, 80]}, {"job": ["cook", "nurse"]}


class Told:
    """A model whose probability of the second outcome is a column."""

    def predict(self, X):
        return (X["p"] > 0.5).astype(int).to_numpy()

    def predict_proba(self, X):
        return np.column_stack([1 - X["p"], X["p"]])


class Numbers:
    def predict(self, X):
        return X["age"].to_numpy(dtype=float)


class Classes:
    def predict_proba(self, X):
        return np.array([[0.4, 0.35, 0.25], [0.6, 0.2, 0.2]])


@pytest.fixture(name="X")
def _cases():
    return pd.DataFrame(
        {
            "age": [30.0, 30, 90, None, 30, 30],
            "job": ["cook", "nurse", "cook", None, "pilot", "cook"],
            "p": [0.9, 0.45, 0.9, 0.9, 0.1, 0.5999],
        },
        index=[3, 4, 5, 6, 7, 8],
    )


def _held(component, X, folder, **changed):
    results = pd.Series(np.where(X["p"] > 0.5, "yes", "no"), index=X.index)
    return component.hold_back(Told(), X, results, RANGES, LEVELS, folder, **changed)


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_cases_near_the_limit_and_unusual_ones_are_not_given_out(component, X, tmp_path):
    given = _held(component, X, tmp_path, margin=0.1)

    assert given.to_dict() == {3: "yes", 4: None, 5: None, 6: "yes", 7: None, 8: None}


def test_what_waits_has_what_a_reviewer_needs(component, X, tmp_path):
    _held(component, X, tmp_path, margin=0.1)

    queue = _lines(tmp_path / "waiting.jsonl")
    assert [entry["row"] for entry in queue] == ["4", "5", "7", "8"]
    assert [entry["says"] for entry in queue] == ["no", "yes", "no", "yes"]
    assert queue[1]["inputs"] == {"age": 90.0, "job": "cook", "p": 0.9}
    assert queue[1]["why"] == "age lies outside 18 to 80"
    assert queue[2]["why"] == "job has a value that did not occur before"
    assert len({entry["case"] for entry in queue}) == 4


def test_unusual_cases_may_be_given_out(component, X, tmp_path):
    given = _held(component, X, tmp_path, margin=0.0, unusual=False)

    assert given.notna().all()
    assert not (tmp_path / "waiting.jsonl").exists()


def test_several_classes_are_unsure_when_the_two_most_probable_ones_are_close(component):
    rows = pd.DataFrame({"age": [30.0, 30.0]})

    why = component.reasons(Classes(), rows, RANGES, LEVELS, margin=0.1, unusual=True)

    # 0.4 - 0.35 is less than 0.2, 0.6 - 0.2 is not.
    assert list(why != "") == [True, False]


def test_a_model_of_numbers_is_judged_by_unusual_cases(component):
    rows = pd.DataFrame({"age": [30.0, 90.0]})

    why = component.reasons(Numbers(), rows, RANGES, LEVELS, margin=0.1, unusual=True)

    assert list(why) == ["", "age lies outside 18 to 80"]


def test_a_decided_case_leaves_the_queue_and_its_values_are_forgotten(component, X, tmp_path):
    _held(component, X, tmp_path)
    first, *others = _lines(tmp_path / "waiting.jsonl")

    told = component.decide(first["case"], "yes", "A. Martin", "known to us", ["no", "yes"], tmp_path)

    assert "against the model, which says no" in told
    assert _lines(tmp_path / "waiting.jsonl") == others
    [review] = _lines(tmp_path / "reviews.jsonl")
    assert (review["result"], review["overridden"], review["by"]) == ("yes", True, "A. Martin")
    assert "inputs" not in review
    assert component.waiting(tmp_path).endswith("3 cases wait; of 1 decided ones 1 went against the model")


@pytest.mark.parametrize(
    ("case", "result", "by", "reason", "fault"),
    [
        ("nothing", "yes", "A. Martin", "why not", "no case"),
        (None, "maybe", "A. Martin", "why not", "no outcome"),
        (None, "yes", " ", "why not", "say who"),
        (None, "yes", "A. Martin", "", "say who"),
    ],
)
def test_nothing_is_decided_without_case_outcome_name_and_reason(
    component, X, tmp_path, case, result, by, reason, fault
):
    _held(component, X, tmp_path)
    before = (tmp_path / "waiting.jsonl").read_bytes()

    with pytest.raises(ValueError, match=fault):
        component.decide(
            case or _lines(tmp_path / "waiting.jsonl")[0]["case"], result, by, reason, ["no", "yes"], tmp_path
        )

    assert (tmp_path / "waiting.jsonl").read_bytes() == before
    assert not (tmp_path / "reviews.jsonl").exists()


def test_numbers_are_decided_as_numbers(component, X, tmp_path):
    component.hold_back(Numbers(), X, X["age"], RANGES, LEVELS, tmp_path)
    case = _lines(tmp_path / "waiting.jsonl")[0]["case"]

    component.decide(case, "90", "A. Martin", "as it was", [], tmp_path)

    assert _lines(tmp_path / "reviews.jsonl")[0]["overridden"] is False


def _rows(count, error_near, error_far):
    """Half of the rows near the limit; the share of wrong predictions on either side is given exactly."""
    p = np.where(np.arange(count) % 2 == 0, 0.52, 0.95)
    order = np.arange(count) // 2 / (count / 2)
    wrong = np.where(p == 0.52, order < error_near, order < error_far)
    return pd.DataFrame({"p": p}), pd.Series(np.where(wrong, 0, 1))


@pytest.mark.parametrize(("near", "far", "holds"), [(0.4, 0.1, True), (0.1, 0.4, False), (0.2, 0.2, None)])
def test_it_is_worth_it_when_the_model_errs_more_on_what_waits(component, near, far, holds):
    X, y = _rows(400, near, far)

    found = component.measure(Told(), X, y, RANGES, LEVELS, seed=0)

    assert found["holds"] is holds
    assert found["measured"]["share"] == 0.5
    assert found["measured"]["error_waiting"] == pytest.approx(near)
    assert found["measured"]["error_others"] == pytest.approx(far)
    # The normal interval for two shares is close to what the bootstrap gives.
    half = 1.96 * np.sqrt(near * (1 - near) / 200 + far * (1 - far) / 200)
    assert found["measured"]["difference"]["low"] == pytest.approx(near - far - half, abs=0.02)
    assert found == component.measure(Told(), X, y, RANGES, LEVELS, seed=0)


def test_with_few_rows_nothing_is_said_of_errors(component):
    X, y = _rows(40, 0.4, 0.1)

    found = component.measure(Told(), X, y, RANGES, LEVELS, seed=0)

    assert found["holds"] is None
    assert "20 of 40 test rows" in found["because"]


def test_the_commands_list_and_decide(component, X, tmp_path):
    _held(component, X, tmp_path)
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(), ["no", "yes"], tmp_path)

    listing = parser.parse_args(["waiting"])
    case = listing.run(listing).split()[0]
    deciding = parser.parse_args(["decide", case, "--result", "no", "--by", "A. Martin", "--reason", "agreed"])

    assert deciding.run(deciding) == f"case {case} is no by decision of A. Martin"
