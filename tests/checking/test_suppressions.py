"""Comments that ignore findings, and baselines of findings that were there before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatesline.checking import Report
from fatesline.checking.baseline import read_baseline
from fatesline.cli import cli
from fatesline.commands import accept, check
from fatesline.errors import UserError
from fatesline.solution import Contradiction

_LOAD = "import joblib\nmodel = joblib.load(PATH)"


def _report(path: Path, **options: object) -> Report:
    found = check(path, **options)  # type: ignore[arg-type]
    assert not isinstance(found, Contradiction)
    return found[0]


def _ids(report: Report) -> list[str]:
    return [finding.id for finding in report.findings]


@pytest.mark.parametrize(
    "code",
    [
        f"{_LOAD}  # fates: ignore[H002] written a line above\n",
        f"{_LOAD.replace('model', '# fates: ignore[H002, H003] written above' + chr(10) + 'model')}\n",
    ],
)
def test_a_comment_with_a_reason_ignores_a_finding_on_its_line(project: Callable[..., Path], code: str) -> None:
    report = _report(project({"a.py": code}))

    assert "H002" not in _ids(report)
    assert [(one.finding.id, one.by) for one in report.suppressed] == [("H002", "comment")]


def test_without_a_reason_it_has_no_effect_and_is_told(project: Callable[..., Path]) -> None:
    assert _ids(_report(project({"a.py": f"{_LOAD}  # fates: ignore[H002]\n"}))) == ["H002", "I001"]


def test_naming_no_rule_has_no_effect_and_is_told(project: Callable[..., Path]) -> None:
    assert _ids(_report(project({"a.py": f"{_LOAD}  # fates: ignore all of it\n"}))) == ["H002", "I001"]


def test_a_comment_that_ignores_nothing_is_told(project: Callable[..., Path]) -> None:
    finding = _report(project({"a.py": "x = 1  # fates: ignore[H002] once read a file\n"})).findings[0]

    assert (finding.id, finding.places[0].line, finding.parameters["rules"]) == ("I002", 1, "H002")


def test_a_reviewer_sees_what_is_ignored(project: Callable[..., Path]) -> None:
    report = _report(project({"a.py": f"{_LOAD}  # fates: ignore[H002] trust me\n"}), ignores=False)

    assert _ids(report) == ["H002"]
    assert not report.suppressed


def test_text_in_a_string_ignores_nothing(project: Callable[..., Path]) -> None:
    code = _LOAD.replace("PATH", '"# fates: ignore[H002] not a comment"')

    assert _ids(_report(project({"a.py": code}))) == ["H002"]


def test_a_comment_in_a_notebook_speaks_of_its_cell(project: Callable[..., Path]) -> None:
    cells = [
        {"cell_type": "code", "source": ["%pip install joblib==1.5.2\n", "import joblib"]},
        {"cell_type": "code", "source": "joblib.load(a)  # fates: ignore[H002] made in this notebook"},
        {"cell_type": "code", "source": "joblib.load(b)"},
    ]

    report = _report(project({"a.ipynb": json.dumps({"cells": cells})}))

    assert [(one.id, one.places[0].cell) for one in report.findings] == [("H002", 2)]
    assert [one.finding.places[0].cell for one in report.suppressed] == [1]


_JOBS = """\
name: it's ours
on: push
{}jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: "echo '# fates: ignore[H012] no comment'"
"""


def test_a_comment_in_yaml_speaks_of_its_line_or_the_next(project: Callable[..., Path]) -> None:
    path = ".github/workflows/a.yml"

    above = _report(project({path: _JOBS.format("# fates: ignore[H012] granted by the organisation\n")}))
    beside = _report(project({path: _JOBS.format("").replace("jobs:", "jobs:  # fates: ignore[H012] granted")}))
    without_reason = _report(project({path: _JOBS.format("# fates: ignore[H012]\n")}))
    idle = _report(project({path: _JOBS.format("permissions: {}  # fates: ignore[H012] granted\n")}))

    assert not above.findings
    assert [one.reason for one in (*above.suppressed, *beside.suppressed)] == [
        "granted by the organisation",
        "granted",
    ]
    assert _ids(without_reason) == ["I001", "H012"]
    assert _ids(idle) == ["I002"]


def test_a_baseline_knows_a_finding_that_moved_and_not_a_second_one(project: Callable[..., Path]) -> None:
    folder = project({"a.py": f"{_LOAD}\n"})
    assert accept(_report(folder), folder / "known.json") == 1
    project({"a.py": f"# a line more\n\n{_LOAD.replace(' = ', '  =  ')}\n"})

    moved = _report(folder, baseline=folder / "known.json")
    project({"a.py": f"{_LOAD}\nmodel = joblib.load(PATH)\n"})
    second = _report(folder, baseline=folder / "known.json")

    assert not moved.findings
    assert [one.by for one in moved.suppressed] == ["baseline"]
    assert [one.places[0].line for one in second.findings] == [3]


def test_a_baseline_holds_no_secret(project: Callable[..., Path]) -> None:
    folder = project({"a.py": 'connect(password="q7Vt-92xLmZ", user="app")\n'})

    accept(_report(folder), folder / "known.json")

    assert sum(read_baseline(folder / "known.json").values()) == 1
    assert "q7Vt" not in (folder / "known.json").read_text()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": 3}', '{"findings": [{"count": "x"}]}', "[" * 100_000])
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "known.json").write_text(text)

    with pytest.raises(UserError, match="not a baseline"):
        read_baseline(tmp_path / "known.json")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "error"], 0),
        (["--fail-on", "note"], 1),
        (["--exit-zero"], 0),
        (["--write-baseline", "known.json"], 0),
    ],
)
def test_exit_codes_follow_the_severity_asked_for(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, options: list[str], code: int
) -> None:
    monkeypatch.chdir(project({"a.py": f"{_LOAD}\n"}))

    assert CliRunner().invoke(cli, ["check", "a.py", *options]).exit_code == code


def test_only_known_findings_exit_with_0(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project({"a.py": f"{_LOAD}\n"}))
    CliRunner().invoke(cli, ["check", "a.py", "--write-baseline", "known.json"])

    done = CliRunner().invoke(cli, ["check", "a.py", "--baseline", "known.json", "--lang", "en"])

    assert done.exit_code == 0
    assert "known H002 a.py:2" in done.output


def test_a_note_does_not_fail_unless_asked(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project({"a.py": "import joblib\njoblib.dump(1, 'a')\n"}))

    codes = [CliRunner().invoke(cli, ["check", "a.py", *more]).exit_code for more in ([], ["--fail-on", "note"])]

    assert codes == [0, 1]
