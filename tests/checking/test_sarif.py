"""SARIF as the published schema has it, with all that code hosts and editors make use of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fatesline.commands import check
from fatesline.documents.report_formats import report_writer
from fatesline.solution import Contradiction

_SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
_CASES = Path(__file__).parent / "cases"
_CODE = """\
import joblib
from imblearn.over_sampling import SMOTE
from sklearn.pipeline import make_pipeline

make_pipeline(SMOTE(random_state=0), "été")
old = joblib.load(PATH)  # fates: ignore[H002] written by <us>, 100 %
"ü"; joblib.dump(new, PATH)
"""
_NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": "# Été"},
        {"cell_type": "code", "source": ["import joblib\n", "joblib.load(a)"]},
    ]
}


def _run(path: Path, language: Any = "en") -> dict[str, Any]:
    found = check(path)
    assert not isinstance(found, Contradiction)
    log = json.loads(report_writer("sarif")(*found, language))
    jsonschema.Draft4Validator(_SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.fixture
def run(project: Callable[..., Path]) -> dict[str, Any]:
    return _run(project({"a, b/ü.py": _CODE, "n.ipynb": json.dumps(_NOTEBOOK), "broken.py": "x = ("}))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_is_found_is_valid(language: Any) -> None:
    assert len(_run(_CASES, language)["results"]) > 40


def test_every_result_points_to_a_rule_with_help(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]

    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]


def test_paths_are_relative_and_regions_are_of_the_line(run: dict[str, Any]) -> None:
    (found,) = (result for result in run["results"] if result["ruleId"] == "W001")
    physical = found["locations"][0]["physicalLocation"]

    assert physical["artifactLocation"]["uri"] == "a%2C%20b/%C3%BC.py"
    assert (physical["region"]["startLine"], physical["region"]["startColumn"]) == (5, 1)
    assert "make_pipeline(SMOTE" in physical["region"]["snippet"]["text"]


def test_the_cell_of_a_notebook_is_a_logical_location(run: dict[str, Any]) -> None:
    (found,) = (result for result in run["results"] if result["ruleId"] == "H002" and "suppressions" not in result)
    location = found["locations"][0]

    assert location["logicalLocations"] == [{"name": "cell 1", "fullyQualifiedName": "n.ipynb#cell1", "kind": "module"}]
    assert "region" not in location["physicalLocation"]


def test_fingerprints_tell_findings_apart_and_survive_lines_above(project: Callable[..., Path]) -> None:
    before = _run(project({"a.py": _CODE}))
    after = _run(project({"a.py": f"# new\n\n{_CODE}"}))

    prints = [[result["partialFingerprints"]["fatesline/v2"] for result in run["results"]] for run in (before, after)]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0])


def test_what_is_ignored_is_a_suppression_with_its_reason(run: dict[str, Any]) -> None:
    (found,) = (result for result in run["results"] if "suppressions" in result)

    assert found["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "written by <us>, 100 %"}
    ]


def _replaced(text: str, replacement: dict[str, Any]) -> str:
    region = replacement["deletedRegion"]
    lines = [*text.splitlines(keepends=True), ""]

    def offset(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + column - 1

    start = offset(region["startLine"], region["startColumn"])
    end = offset(region["endLine"], region["endColumn"])
    return text[:start] + replacement["insertedContent"]["text"] + text[end:]


def test_a_fix_can_be_made_from_its_regions_alone(run: dict[str, Any]) -> None:
    (found,) = (result for result in run["results"] if result["ruleId"] == "H003")
    (fix,) = found["fixes"]
    (change,) = fix["artifactChanges"]

    text = _CODE
    for replacement in change["replacements"][::-1]:
        text = _replaced(text, replacement)

    assert not fix["properties"]["safe"]
    assert text == _CODE.replace("joblib.dump", "skops.io.dump").replace(
        "from sklearn.pipeline import make_pipeline\n", "from sklearn.pipeline import make_pipeline\nimport skops.io\n"
    )


def test_a_fix_of_a_notebook_replaces_lines_of_its_json(project: Callable[..., Path]) -> None:
    text = json.dumps(_NOTEBOOK, indent=1, ensure_ascii=False)
    run = _run(project({"n.ipynb": text}))

    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    for replacement in change["replacements"][::-1]:
        text = _replaced(text, replacement)

    assert json.loads(text)["cells"][1]["source"] == ["import skops.io\n", "skops.io.load(a, trusted=[])"]
    assert "# Été" in text
