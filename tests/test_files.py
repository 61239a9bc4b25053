from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fatesline.errors import UserError
from fatesline.files import write_together, write_whole


def test_a_written_file_replaces_the_old_one_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)

    write_whole(path, "né\n")

    assert path.read_bytes() == "né\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full_disk(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full_disk)

    with pytest.raises(UserError, match="cannot be written: No space left on device"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_missing_folder_is_one_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written: No such file or directory"):
        write_whole(tmp_path / "absent" / "a.txt", "new")


def test_where_one_of_several_files_cannot_be_written_none_is(tmp_path: Path) -> None:
    first = tmp_path / "a.txt"
    first.write_text("old")

    with pytest.raises(UserError, match="cannot be written: No such file or directory") as fault:
        write_together({first: "new", tmp_path / "b.txt": "new", tmp_path / "absent" / "c.txt": "new"})

    assert fault.value.where == str(tmp_path / "absent" / "c.txt")
    assert first.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_disk_that_fails_while_files_are_flushed_leaves_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(20)]
    for path in paths:
        path.write_text("old")

    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)

    with pytest.raises(UserError, match="cannot be written: Input/output error"):
        write_together(dict.fromkeys(paths, "new"))
    assert {path.read_text() for path in tmp_path.iterdir()} == {"old"}
    assert len(os.listdir(tmp_path)) == 20
