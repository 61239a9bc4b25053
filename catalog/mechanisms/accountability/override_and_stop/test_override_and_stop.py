from __future__ import annotations

import argparse
import json

import pytest


def _kept(folder):
    return [json.loads(line) for line in (folder / "interventions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_predictions_are_refused_from_the_stop_until_somebody_resumes(component, tmp_path):
    component.refuse_if_stopped(tmp_path)
    component.stop("A. Martin", "wrong units since Monday", tmp_path)
    with pytest.raises(ValueError, match=r"by A\. Martin: wrong units since Monday"):
        component.refuse_if_stopped(tmp_path)

    component.resume("B. Roy", "units are right again", tmp_path)

    component.refuse_if_stopped(tmp_path)
    assert [(one["act"], one["by"]) for one in _kept(tmp_path)] == [("stop", "A. Martin"), ("resume", "B. Roy")]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{"])
def test_a_stop_counts_whatever_the_file_holds(component, tmp_path, content):
    (tmp_path / "STOP").write_bytes(content)

    with pytest.raises(ValueError, match="predictions are stopped"):
        component.refuse_if_stopped(tmp_path)


def test_a_stop_without_a_name_stops_all_the_same(component, tmp_path):
    with pytest.raises(ValueError, match="say who"):
        component.stop(" ", "", tmp_path)

    with pytest.raises(ValueError, match="predictions are stopped"):
        component.refuse_if_stopped(tmp_path)


@pytest.mark.parametrize(("by", "reason"), [("", "because"), ("A. Martin", "  ")])
def test_nothing_is_resumed_without_name_and_reason(component, tmp_path, by, reason):
    component.stop("A. Martin", "to be safe", tmp_path)

    with pytest.raises(ValueError, match="say who"):
        component.resume(by, reason, tmp_path)

    with pytest.raises(ValueError, match="predictions are stopped"):
        component.refuse_if_stopped(tmp_path)


def test_an_override_is_kept_with_reason_and_person(component, tmp_path):
    component.override("a1", "no", "A. Martin", "income was read wrongly", ["no", "yes"], tmp_path)
    component.override("a2", "1.5", "A. Martin", "garden not counted", [], tmp_path)

    first, second = _kept(tmp_path)
    assert {name: first[name] for name in ("act", "case", "result", "by", "reason")} == {
        "act": "override",
        "case": "a1",
        "result": "no",
        "by": "A. Martin",
        "reason": "income was read wrongly",
    }
    assert second["result"] == 1.5


@pytest.mark.parametrize(
    ("result", "outcomes", "fault"), [("maybe", ["no", "yes"], "is no outcome"), ("yes", [], "could not convert")]
)
def test_a_result_that_cannot_be_is_refused(component, tmp_path, result, outcomes, fault):
    with pytest.raises(ValueError, match=fault):
        component.override("a1", result, "A. Martin", "why not", outcomes, tmp_path)

    assert not (tmp_path / "interventions.jsonl").exists()


def test_the_commands_ask_for_name_and_reason(component, tmp_path):
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(required=True), ["no", "yes"], tmp_path)

    given = parser.parse_args(["override", "a1", "--result", "yes", "--by", "A. Martin", "--reason", "a slip"])
    assert given.run(given) == "a1 is yes by decision of A. Martin"
    for line in (["stop"], ["resume", "--by", "A. Martin"], ["override", "a1", "--by", "A", "--reason", "b"]):
        with pytest.raises(SystemExit):
            parser.parse_args(line)
