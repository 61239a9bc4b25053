"""Results of earlier checks: the same answer sooner, and never a wrong one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatesline.catalog import Catalog, load
from fatesline.checking import check, mending, remembered
from fatesline.checking.mending import with_fixes
from fatesline.checking.remembered import Known, known_of
from fatesline.cli import cli

_CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that were read, and not taken from memory."""
    paths: list[Path] = []
    read = remembered._read

    def counted(path: Path, *more: object) -> Known:
        paths.append(path)
        return read(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(remembered, "_read", counted)
    return paths


def test_an_unchanged_tree_is_read_once_and_reported_alike(catalog: Catalog, tmp_path: Path, reads: list[Path]) -> None:
    without = check(_CASES, catalog)
    first = check(_CASES, catalog, cache=tmp_path)
    again = check(_CASES, catalog, cache=tmp_path)

    assert without == first == again
    assert len(first.findings) > 40
    assert len(reads) == 2


@pytest.mark.parametrize("change", ["content", "new file", "name", "file that is not read"])
def test_whatever_changes_is_seen(
    project: Callable[..., Path], catalog: Catalog, reads: list[Path], change: str
) -> None:
    folder = project({"tree/a.py": "x = 1\n", "tree/c.csv": "1"}) / "tree"
    check(folder, catalog, cache=folder.parent / "cache")

    match change:
        case "content":
            (folder / "a.py").write_text("x = 2\n")
        case "new file":
            (folder / "b.py").write_text("")
        case "name":
            (folder / "a.py").rename(folder / "b.py")
        case _:
            (folder / "c.csv").write_text("22")
    check(folder, catalog, cache=folder.parent / "cache")

    assert len(reads) == 2


def test_other_patterns_are_looked_for_anew(project: Callable[..., Path], catalog: Catalog, reads: list[Path]) -> None:
    folder = project({"tree/a.py": "x = 1\n"})
    some = dict(list(catalog.entries.items())[:50])

    known_of(folder / "tree", catalog.entries, cache=folder / "cache")
    known_of(folder / "tree", some, cache=folder / "cache")

    assert len(reads) == 2


@pytest.mark.parametrize(
    "garbage", [b"", b"[]", b"{}", b'{"files": 3}', b"\xff\xfe", b"[" * 100_000, b'{"files": ["a"]}']
)
def test_what_is_no_result_is_passed_over(project: Callable[..., Path], catalog: Catalog, garbage: bytes) -> None:
    folder = project({"tree/a.py": "import joblib\njoblib.load(a)\n"})
    first = check(folder / "tree", catalog, cache=folder / "cache")
    (kept,) = (folder / "cache").iterdir()
    kept.write_bytes(garbage)

    assert check(folder / "tree", catalog, cache=folder / "cache") == first
    assert json.loads(kept.read_bytes())["files"] == ["a.py"]


def test_where_nothing_can_be_kept_the_check_goes_on(project: Callable[..., Path], catalog: Catalog) -> None:
    folder = project({"tree/a.py": "import joblib\njoblib.load(a)\n", "cache": "a file, no folder"})

    assert check(folder / "tree", catalog, cache=folder / "cache").findings


def test_a_file_that_changes_while_it_is_read_is_not_kept(project: Callable[..., Path], catalog: Catalog) -> None:
    folder = project({"tree/a.py": "x = 1\n"})

    def change(done: int, total: int) -> None:
        (folder / "tree/a.py").write_text("x = 2\n")

    check(folder / "tree", catalog, cache=folder / "cache", progress=change)

    assert not (folder / "cache").exists()


def test_old_results_make_room(project: Callable[..., Path], catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST_RESULTS", 3)
    folder = project({"tree/a.py": ""})

    for number in range(6):
        (folder / "tree/a.py").write_text(f"x = {number}\n")
        check(folder / "tree", catalog, cache=folder / "cache")

    assert len(list((folder / "cache").iterdir())) == 3


def test_the_folder_under_check_is_left_as_it_is(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project({"tree/a.py": "x = 1\n"})
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "own"))

    CliRunner().invoke(cli, ["check", str(folder / "tree")])
    kept = list((folder / "own").rglob("*.json"))
    CliRunner().invoke(cli, ["check", str(folder / "tree"), "--no-cache"])

    assert os.listdir(folder / "tree") == ["a.py"]
    assert list((folder / "own").rglob("*.json")) == kept
    assert len(kept) == 1


def test_fixes_are_remembered_with_their_findings(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = check(_CASES, catalog)
    first = with_fixes(report, _CASES, catalog, cache=tmp_path)
    monkeypatch.setattr(mending, "_fixes_of", lambda *more: pytest.fail("tried again"))

    again = with_fixes(report, _CASES, catalog, cache=tmp_path)

    assert again == first
    assert [finding.fixes for finding in again.findings] == [finding.fixes for finding in first.findings]
    assert sum(bool(finding.fixes) for finding in again.findings) > 20
