from __future__ import annotations

import argparse
import hashlib
import json

import pytest

MODEL = hashlib.sha256(b"model").hexdigest()
COMPLETE = {"model": MODEL, "decision": "go", "by": "A. Martin", "date": "2026-01-02", "reason": "good enough"}


@pytest.fixture
def project(tmp_path):
    """Folders of records and of evidence, a trained model, and a requirement that it does not meet."""
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for name, facts in {
        "run": {"model": {"file": "model.skops", "sha256": MODEL}},
        "fairness_gate": {"holds": False, "because": "too far apart"},
        "calibration": {"holds": None, "because": "few rows"},
        "schema_validation": {"holds": True, "because": "as declared"},
        "limits": [{"limits": {}}],
    }.items():
        (evidence / f"{name}.json").write_text(json.dumps(facts))
    (tmp_path / "model.skops").write_bytes(b"model")
    return tmp_path


def _written(project, *entries):
    lines = "".join(json.dumps(entry) + "\n" for entry in entries)
    (project / "approvals.jsonl").write_text(lines, encoding="utf-8")


def _holds(component, project):
    return component.look_up({"model": {"sha256": MODEL}}, project)["holds"]


def test_until_somebody_decides_nothing_can_be_told_and_nothing_predicted(component, project):
    assert _holds(component, project) is None
    with pytest.raises(ValueError, match="nobody has decided"):
        component.refuse_unapproved(project / "model.skops", project)


def test_a_complete_entry_counts(component, project):
    _written(project, COMPLETE)

    assert _holds(component, project) is True
    component.refuse_unapproved(project / "model.skops", project)


#: Whether "9999-99-99" is a name nobody can tell; it is no day, no hash and no decision.
_FAULTS = [(field, value) for field in ("by", "date", "model", "decision") for value in (None, "", "  ")]
_FAULTS += [(field, "9999-99-99") for field in ("date", "model", "decision")]


@pytest.mark.parametrize(("field", "value"), _FAULTS)
def test_an_entry_without_name_day_hash_or_decision_does_not_count(component, project, field, value):
    _written(project, {**COMPLETE, field: value})

    assert _holds(component, project) is False
    with pytest.raises(ValueError, match="is not approved"):
        component.refuse_unapproved(project / "model.skops", project)


def test_a_day_to_come_does_not_count(component, project):
    _written(project, {**COMPLETE, "date": "9999-01-01"})

    assert _holds(component, project) is False


def test_another_model_is_not_approved_by_the_approval_of_this_one(component, project):
    _written(project, COMPLETE)
    (project / "model.skops").write_bytes(b"retrained")

    with pytest.raises(ValueError, match="nobody has decided"):
        component.refuse_unapproved(project / "model.skops", project)


def test_the_last_decision_is_the_one_that_counts(component, project):
    _written(project, COMPLETE, {**COMPLETE, "decision": "no go"})
    assert _holds(component, project) is False

    _written(project, {**COMPLETE, "decision": "no go"}, COMPLETE, {**COMPLETE, "by": ""})
    assert _holds(component, project) is True


def test_a_line_that_is_no_entry_is_no_approval(component, project):
    (project / "approvals.jsonl").write_text("approved by A. Martin\n[]\n")

    assert _holds(component, project) is False


def test_a_decision_names_what_did_not_hold_and_renews_the_evidence(component, project):
    told = component.decide("go", "A. Martin", "shown to the board", project, project / "evidence")

    [entry] = [json.loads(line) for line in (project / "approvals.jsonl").read_text().splitlines()]
    evidence = json.loads((project / "evidence" / "approval_record.json").read_text())
    assert entry["does_not_hold"] == ["fairness_gate"]
    assert entry["cannot_tell"] == ["calibration"]
    assert entry["model"] == MODEL
    assert evidence["holds"] is True
    assert evidence["because"] == told
    assert told.endswith("knowing what does not hold: fairness_gate")


@pytest.mark.parametrize(("by", "reason"), [("", "because"), ("A. Martin", " ")])
def test_nothing_is_approved_without_name_and_reason(component, project, by, reason):
    with pytest.raises(ValueError, match="lacks"):
        component.decide("go", by, reason, project, project / "evidence")

    assert not (project / "approvals.jsonl").exists()


def test_nothing_is_approved_before_anything_was_trained(component, tmp_path):
    with pytest.raises(ValueError, match="nothing was trained"):
        component.decide("go", "A. Martin", "why not", tmp_path, tmp_path)


def test_the_commands_say_go_and_no_go(component, project):
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(), project, project / "evidence")

    for name, holds in (("approve", True), ("refuse", False)):
        given = parser.parse_args([name, "--by", "A. Martin", "--reason", "read the evidence"])
        given.run(given)
        assert _holds(component, project) is holds
