"""One report in every form that `fates check --format` knows."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from fatesline.commands import check
from fatesline.documents import formats
from fatesline.documents.report_formats import REPORT_FORMATS, report_writer
from fatesline.solution import Contradiction

_CODE = """\
import joblib
from imblearn.over_sampling import SMOTE
from sklearn.pipeline import make_pipeline

make_pipeline(SMOTE(random_state=0))
old = joblib.load(PATH)  # fates: ignore[H002] written | by <us>, 100 %
new = joblib.load(PATH)
joblib.dump(new, PATH)
"""
_NOTEBOOK = {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "source": "import joblib\njoblib.load(a)"}]}


@pytest.fixture
def written(project: Callable[..., Path]) -> Callable[[str], str]:
    def write(name: str) -> str:
        found = check(project({"a, b.py": _CODE, "n.ipynb": json.dumps(_NOTEBOOK)}))
        assert not isinstance(found, Contradiction)
        return report_writer(name)(*found, "en")

    return write


def test_the_table_lists_every_format_in_the_folder() -> None:
    modules = [file.stem for file in Path(formats.__file__).parent.glob("*.py") if file.stem != "__init__"]

    able = {name for name in modules if hasattr(import_module(f"{formats.__name__}.{name}"), "report")}

    assert able == set(REPORT_FORMATS.values())


@pytest.mark.parametrize("name", REPORT_FORMATS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_format_can_tell_of_a_clean_project(project: Callable[..., Path], name: str, language: Any) -> None:
    found = check(project({"a.py": "x = 1\n"}))
    assert not isinstance(found, Contradiction)

    assert report_writer(name)(*found, language)


def test_github_gets_an_annotation_for_each_finding(written: Callable[[str], str]) -> None:
    lines = written("github").splitlines()

    starts = [line.partition(",title=")[0] for line in lines[:-1]]
    assert starts == [
        "::error file=a%2C b.py",
        "::warning file=a%2C b.py",
        "::warning file=n.ipynb",
        "::notice file=a%2C b.py",
    ]
    assert ",line=5,col=1::" in lines[0]
    assert ",line=" not in lines[2]
    assert "n.ipynb:cell 1:2:" in lines[2]


def test_junit_counts_failures_and_skips_what_is_ignored(written: Callable[[str], str]) -> None:
    suite = ElementTree.fromstring(written("junit"))[0]

    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "5",
        "failures": "3",
        "skipped": "1",
    }
    assert len(suite) == 5
    assert [len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "skipped", "system-out")] == [3, 1, 1]


def test_a_file_name_that_xml_cannot_hold_does_not_break_it(project: Callable[..., Path]) -> None:
    found = check(project({"a\x01.py": _CODE}))
    assert not isinstance(found, Contradiction)

    assert ElementTree.fromstring(report_writer("junit")(*found, "en"))[0][0].get("file") == "a?.py"


def test_markdown_has_a_row_for_each_finding_and_no_markup_of_the_project(written: Callable[[str], str]) -> None:
    text = written("markdown")

    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    assert len(rows) == 1 + 4
    assert r"written \| by \<us\>" in text


def test_sarif_keeps_what_is_suppressed_and_says_why(written: Callable[[str], str]) -> None:
    run = json.loads(written("sarif"))["runs"][0]

    kept = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert kept == [
        [{"kind": "inSource", "status": "accepted", "justification": "written | by <us>, 100 %"}],
    ]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert len({result["partialFingerprints"]["fatesline/v2"] for result in run["results"]}) == len(run["results"])


def test_sarif_places_a_finding_of_a_notebook_in_its_cell(written: Callable[[str], str]) -> None:
    results = json.loads(written("sarif"))["runs"][0]["results"]

    places = [result["locations"][0] for result in results]
    (place,) = (place for place in places if place["physicalLocation"]["artifactLocation"]["uri"] == "n.ipynb")
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "n.ipynb#cell1"
    assert place["properties"] == {"cell": 1, "line": 2, "column": 1}
    assert all("region" in other["physicalLocation"] for other in places if other is not place)


def test_text_shows_the_line_of_code_and_says_once_what_holds_for_the_rule(project: Callable[..., Path]) -> None:
    code = "import joblib\n\na = joblib.load(A)\nb =   joblib.load(B)  # mine\n"
    found = check(project({"a.py": code}))
    assert not isinstance(found, Contradiction)

    lines = report_writer("text")(*found, "en").splitlines()

    first = lines.index("warning H002 a.py:3: Loading that runs code: joblib.load")
    assert lines[first - 1] == ""
    assert lines[first + 1] == "    | a = joblib.load(A)"
    assert lines[first + 2].startswith("    Reading a pickle")
    assert lines[first + 3].startswith("    fixable (fates fix --unsafe): use a form")
    assert lines[first + 4 : first + 7] == [
        "warning H002 a.py:4: Loading that runs code: joblib.load",
        "    | b = joblib.load(B) # mine",
        "    fixable (fates fix --unsafe)",
    ]


def test_no_format_shows_a_secret(project: Callable[..., Path]) -> None:
    found = check(project({"a.py": 'connect(password="q7Vt-92xLmZ", user="app")\n'}))
    assert not isinstance(found, Contradiction)
    assert [finding.id for finding in found[0].findings] == ["H005"]

    assert not [name for name in REPORT_FORMATS if "q7Vt-92xLmZ" in report_writer(name)(*found, "en")]


def test_markdown_gives_each_reason_once(project: Callable[..., Path]) -> None:
    found = check(project({"a.py": "import joblib\njoblib.load(A)\njoblib.load(B)\n"}))
    assert not isinstance(found, Contradiction)

    text = report_writer("markdown")(*found, "en")

    assert text.count("| H002 |") == 2
    assert text.count("- **H002** Loading that runs code\n") == 1
