"""A project that was edited can be brought up to date: nothing of the user's is lost, nothing is done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.errors import UserError
from fatesline.generation.merge import OPENING
from fatesline.generation.upkeep import apply, as_diff, merged, status
from fatesline.generation.write import BASE, MANIFEST, write

CODE = "import settings\n\n\ndef build():\n    return settings.MODEL\n\n\ndef train():\n    return build()\n"
FILES = {
    "README.md": "# Loans\n\nHow to run it.\n",
    "loans/code.py": CODE,
    "loans/components/reweighing.py": "WEIGHT = 1\n",
    "fates.yaml": "fatesline: 1\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(FILES, tmp_path)
    return tmp_path


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _update(files: dict[str, str], folder: Path) -> dict[str, str]:
    found = merged(files, folder)
    apply(found, files, folder)
    return {change.path: change.how for change in found}


def test_what_nobody_edited_is_simply_replaced(project: Path) -> None:
    new = {**FILES, "README.md": "# Loans, again\n", "loans/more.py": "x = 1\n"}
    del new["loans/components/reweighing.py"]

    assert _update(new, project) == {
        "README.md": "replaced",
        "loans/components/reweighing.py": "removed",
        "loans/more.py": "new",
    }
    assert (project / "README.md").read_text() == "# Loans, again\n"
    assert not (project / "loans/components/reweighing.py").exists()


def test_without_a_change_of_ours_the_users_edits_stay_untouched(project: Path) -> None:
    (project / "loans/code.py").write_text("# all mine\n")
    (project / "README.md").unlink()
    before = _contents(project)

    assert _update(FILES, project) == {}
    assert _contents(project) == before


def test_an_edit_elsewhere_in_the_file_is_merged(project: Path) -> None:
    (project / "loans/code.py").write_text(CODE + "\n\ndef mine():\n    return 1\n")

    assert _update(
        {**FILES, "loans/code.py": CODE.replace("import settings", "from loans import settings")}, project
    ) == {"loans/code.py": "merged"}
    text = (project / "loans/code.py").read_text()
    assert text.startswith("from loans import settings\n")
    assert text.endswith("def mine():\n    return 1\n")


def test_an_edit_in_the_same_place_is_a_marked_conflict_that_stops_the_next_update(project: Path) -> None:
    (project / "loans/code.py").write_text(CODE.replace("MODEL", "MINE"))
    new = {**FILES, "loans/code.py": CODE.replace("MODEL", "NEW")}

    assert _update(new, project) == {"loans/code.py": "conflict"}
    assert OPENING in (project / "loans/code.py").read_text()
    assert status(new, project).conflicts == ("loans/code.py",)
    before = _contents(project)
    with pytest.raises(UserError, match=r"loans/code\.py"):
        merged({**new, "README.md": "# other\n"}, project)
    assert _contents(project) == before


def test_a_settled_conflict_does_not_come_back(project: Path) -> None:
    (project / "loans/code.py").write_text(CODE.replace("MODEL", "MINE"))
    new = {**FILES, "loans/code.py": CODE.replace("MODEL", "NEW")}
    _update(new, project)
    (project / "loans/code.py").write_text(CODE.replace("MODEL", "BOTH"))

    assert _update(new, project) == {}
    assert "BOTH" in (project / "loans/code.py").read_text()


def test_a_deleted_file_comes_back_only_if_it_has_changed_and_is_told(project: Path) -> None:
    (project / "README.md").unlink()

    assert _update({**FILES, "README.md": "# changed\n"}, project) == {"README.md": "restored"}


def test_an_edited_file_that_is_no_longer_needed_is_kept_and_told(project: Path) -> None:
    (project / "README.md").write_text("# mine\n")
    new = {path: text for path, text in FILES.items() if path != "README.md"}

    assert _update(new, project) == {"README.md": "kept"}
    assert (project / "README.md").read_text() == "# mine\n"
    assert _update(new, project) == {}


def test_a_file_of_the_users_where_a_new_one_would_be_is_a_conflict(project: Path) -> None:
    (project / "loans/more.py").write_text("mine = 1\n")

    assert _update({**FILES, "loans/more.py": "new = 1\n"}, project) == {"loans/more.py": "conflict"}
    assert {"mine = 1", "new = 1"} <= set((project / "loans/more.py").read_text().splitlines())


def test_a_file_that_is_not_text_stops_the_update_before_anything_is_written(project: Path) -> None:
    (project / "README.md").write_bytes(b"\xff\xfe\x00")
    before = _contents(project)

    with pytest.raises(UserError, match="UTF-8"):
        _update({**FILES, "README.md": "# other\n", "loans/code.py": "x = 1\n"}, project)

    assert _contents(project) == before


def test_a_folder_that_is_no_project_of_ours_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no project that fates generated"):
        merged(FILES, tmp_path)


def test_without_the_record_of_texts_unedited_files_are_known_by_their_hash(project: Path) -> None:
    (project / BASE).unlink()

    assert _update({**FILES, "README.md": "# changed\n"}, project) == {"README.md": "replaced"}


def test_records_cannot_reach_files_outside(project: Path) -> None:
    outside = project.parent / "outside.txt"
    outside.write_text("kept\n")
    for name in (BASE, MANIFEST):
        record = json.loads((project / name).read_text())
        record["files"]["../outside.txt"] = "kept\n"
        (project / name).write_text(json.dumps(record))

    _update(FILES, project)

    assert outside.read_text() == "kept\n"


def test_the_diff_shows_exactly_what_would_be_written(project: Path) -> None:
    changes = merged({**FILES, "README.md": "# Loans\n\nHow to run it now.\n"}, project)

    assert "-How to run it.\n+How to run it now.\n" in as_diff(changes)
    assert (project / "README.md").read_text() == FILES["README.md"]


def test_status_tells_edits_outdated_files_and_mended_components(project: Path) -> None:
    (project / "loans/code.py").write_text("# mine\n")
    (project / "README.md").unlink()
    (project / "fates.yaml").write_text("fatesline: 1\nlanguage: fr\n")

    found = status({**FILES, "loans/components/reweighing.py": "WEIGHT = 2\n"}, project)

    assert found.edited == ("loans/code.py",)
    assert found.deleted == ("README.md",)
    assert found.outdated == found.components == ("loans/components/reweighing.py",)
    assert found.decided_anew
    assert not found.is_current


LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6).map(lambda lines: "".join(f"{x}\n" for x in lines))
PATHS = ("one.txt", "two.txt", "sub/three.txt")
TREES = st.dictionaries(st.sampled_from(PATHS), LINES, max_size=3)


@settings(max_examples=60, deadline=None)
@given(first=TREES, edits=st.dictionaries(st.sampled_from(PATHS), st.none() | LINES, max_size=3), second=TREES)
def test_whatever_is_edited_and_changed_no_edit_is_lost_and_a_second_update_does_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, str],
    edits: dict[str, str | None],
    second: dict[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("project")
    first, second = ({**tree, "fates.yaml": "x\n"} for tree in (first, second))
    write(first, folder)
    added: dict[str, set[str]] = {}
    for number, (path, text) in enumerate(sorted(edits.items())):
        target = folder / path
        if text is None:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"mine {number}\n{text}")
        added[path] = {f"mine {number}"}

    hows = _update(second, folder)

    for path, lines in added.items():
        assert lines <= set((folder / path).read_text().splitlines())
    marked = {path for path in PATHS if (folder / path).exists() and OPENING in (folder / path).read_text()}
    assert marked == {path for path, how in hows.items() if how == "conflict"}
    for path in second.keys() - edits.keys():
        assert (folder / path).read_text() == second[path]
    if not marked:
        before = _contents(folder)
        assert _update(second, folder) == {}
        assert _contents(folder) == before
