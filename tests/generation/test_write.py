"""Writing a project never loses what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatesline.errors import UserError
from fatesline.generation.write import MANIFEST, changes, differences, write

FILES = {"README.md": "# made\n", "package/code.py": "x = 1\n"}


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    first = write(FILES, tmp_path)

    second = write(FILES, tmp_path)

    assert first.new == ("README.md", "package/code.py")
    assert second.same == ("README.md", "package/code.py")
    assert not second.new
    assert not second.replaced
    assert not second.removed


def test_untouched_files_are_replaced_and_those_no_longer_needed_go(tmp_path: Path) -> None:
    write(FILES, tmp_path)

    found = write({"README.md": "# made again\n"}, tmp_path)

    assert found.replaced == ("README.md",)
    assert found.removed == ("package/code.py",)
    assert (tmp_path / "README.md").read_text() == "# made again\n"
    assert not (tmp_path / "package/code.py").exists()


@pytest.mark.parametrize("files", [{"README.md": "# other\n"}, {"package/code.py": "x = 2\n"}])
def test_an_edited_file_stops_everything(tmp_path: Path, files: dict[str, str]) -> None:
    write(FILES, tmp_path)
    (tmp_path / "README.md").write_text("# mine\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    with pytest.raises(UserError, match=r"README\.md"):
        write(files, tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_that_was_never_ours_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# my project\n")

    with pytest.raises(UserError, match="not ours"):
        write(FILES, tmp_path)

    assert not (tmp_path / "package").exists()
    assert (tmp_path / "README.md").read_text() == "# my project\n"


def test_an_edit_that_equals_what_would_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(FILES["README.md"])

    found = write(FILES, tmp_path)

    assert found.same == ("README.md",)


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / MANIFEST).write_text("{")

    with pytest.raises(UserError, match="cannot be read"):
        changes(FILES, tmp_path)


def test_a_manifest_cannot_make_us_remove_files_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    outside = tmp_path / "outside.txt"
    outside.write_text("")
    write(FILES, folder)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / MANIFEST).write_text(f'{{"files": {{"../outside.txt": "{empty}"}}}}')

    found = changes({}, folder)

    assert found.removed == ()
    assert outside.exists()


def test_the_difference_is_a_unified_diff_and_writes_nothing(tmp_path: Path) -> None:
    write(FILES, tmp_path)

    shown = differences({"README.md": "# made again\n"}, tmp_path)

    assert "-# made\n+# made again\n" in shown
    assert "+++ /dev/null" in shown
    assert (tmp_path / "README.md").read_text() == "# made\n"


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(UserError, match="needs a folder"):
        write(FILES, tmp_path / "taken")
