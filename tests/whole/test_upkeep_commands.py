"""update, add, remove and status on a real project with edits of its owner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import fatesline
from fatesline.cli import cli, main

RECORD = Path(__file__).parents[2] / "examples/arrests/fates.yaml"


def _run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    fatesline.generate(RECORD, tmp_path / "project")
    return tmp_path / "project"


def _texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_fresh_project_is_up_to_date_and_an_update_changes_no_byte(project: Path) -> None:
    before = _texts(project)

    shown, updated = _run("status", str(project)), _run("update", str(project))

    assert (shown.exit_code, updated.exit_code) == (0, 0)
    assert "up to date" in shown.output
    assert "nothing to change" in updated.output
    assert _texts(project) == before


def test_a_feature_comes_with_its_files_and_goes_again_while_edits_stay(project: Path) -> None:
    pipeline = next(project.glob("*/pipeline.py"))
    # Not beside what the component changes: that would be a conflict, as in git.
    pipeline.write_text(pipeline.read_text().replace("def build_", "def mine():\n    return 1\n\n\ndef build_", 1))
    edited = _texts(project)

    shown = _run("add", "k_anonymity", "--project", str(project), "--diff")
    assert shown.exit_code == 0
    assert "+++ b/" in shown.output
    assert _texts(project) == edited

    added = _run("add", "k_anonymity", "--project", str(project))
    assert added.exit_code == 0, added.output
    assert "+ k_anonymity" in added.output
    assert list(project.glob("*/components/k_anonymity.py"))
    assert "def mine()" in pipeline.read_text()

    removed = _run("remove", "k_anonymity", "--project", str(project))
    assert removed.exit_code == 0, removed.output
    assert not list(project.glob("*/components/k_anonymity.py"))
    after = _texts(project)
    records = {"fates.yaml", ".fates/written.json", ".fates/manifest.json"}
    assert {path for path in edited if after.get(path) != edited[path]} <= records


def test_what_a_law_or_an_answer_asks_for_cannot_be_taken_out_and_nothing_is_written(project: Path) -> None:
    before = _texts(project)

    refused = _run("remove", "leak_free_split", "--project", str(project))

    assert refused.exit_code == 1
    assert "leak_free_split" in refused.output or "split" in refused.output.lower()
    assert _texts(project) == before


def test_status_for_programs_names_what_is_outdated(project: Path) -> None:
    component = next(project.glob("*/components/schema_validation.py"))
    written = json.loads((project / ".fates/written.json").read_text())
    path = str(component.relative_to(project))
    written["files"][path] = "an earlier version\n"
    (project / ".fates/written.json").write_text(json.dumps(written))
    component.write_text("an earlier version\n")

    found = _run("status", str(project), "--format", "json")

    assert found.exit_code == 1
    told = json.loads(found.output)
    assert told["outdated"] == told["components"] == [path]
    assert _run("update", str(project)).exit_code == 0
    assert _run("status", str(project)).exit_code == 0


@pytest.mark.parametrize("words", [["status"], ["update"], ["add", "reweighing", "--project"]])
def test_a_folder_without_a_project_is_told_with_the_way_on(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["fates", *words, str(tmp_path)])

    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code == 2
    assert "fates generate" in capsys.readouterr().err


def test_an_unknown_feature_is_told_with_the_nearest_name(project: Path) -> None:
    before = _texts(project)

    refused = _run("add", "k_anonymit", "--project", str(project))

    assert refused.exit_code != 0
    assert "k_anonymity" in str(refused.exception)
    assert _texts(project) == before
