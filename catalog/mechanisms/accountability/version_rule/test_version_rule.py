from __future__ import annotations

import itertools
import json

import pytest


def _run(pipeline="p", code="c", data="d", file="f"):
    return {
        "code": {"data_pipeline": pipeline, "model": code},
        "data": {"sha256": data},
        "model": {"sha256": file},
    }


def _earlier(version="1.4.2"):
    return {"run": _run(), "version_rule": {"measured": {"version": version}}}


def _version(component, run, earlier, **parts):
    return component.number(run, earlier, **parts)["measured"]["version"]


@pytest.mark.parametrize("changed", itertools.product([False, True], repeat=4))
def test_the_largest_change_decides_and_zeroes_what_follows(component, changed):
    run = _run(*(before + "2" * differs for before, differs in zip("pcdf", changed, strict=True)))

    version = _version(component, run, _earlier())

    pipeline, model, data, file = changed
    expected = "2.0.0" if pipeline else "1.5.0" if model else "1.4.3" if data or file else "1.4.2"
    assert version == expected


def test_a_project_may_raise_other_parts(component):
    assert _version(component, _run(data="new"), _earlier(), training_data="major") == "2.0.0"
    assert _version(component, _run(pipeline="new"), _earlier(), data_pipeline="patch") == "1.4.3"


def test_versions_only_ever_grow_with_changes(component):
    earlier, seen = {}, []
    for run in (_run(), _run(), _run(data="d2"), _run("p2", data="d2"), _run("p2", "c2", "d2")):
        found = component.number(run, earlier)
        earlier = {"run": run, "version_rule": found}
        seen.append(found["measured"]["version"])

    assert seen == ["1.0.0", "1.0.0", "1.0.1", "2.0.0", "2.1.0"]


def test_numbers_beyond_nine_are_counted_as_numbers(component):
    assert component.raised_by("9.9.9", "patch") == "9.9.10"
    assert component.raised_by("9.9.10", "major") == "10.0.0"


def test_a_run_before_without_number_leaves_the_question_open(component):
    found = component.number(_run(), {"run": _run()})
    old = component.number(_run(), _earlier() | {"run": {"code": {"sha256": "x"}}})

    assert found["holds"] is old["holds"] is None
    assert found["measured"]["version"] == old["measured"]["version"] == "1.0.0"
    assert json.loads(json.dumps(found)) == found
