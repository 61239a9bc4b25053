from __future__ import annotations

import datetime
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fatesline.errors import UserError
from fatesline.profiling.sources import opened

openpyxl = pytest.importorskip("openpyxl")


def _workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def _fault(source: object, table: str | None = None) -> str:
    with pytest.raises(UserError) as caught, opened(source, table):
        pass
    return str(caught.value)


ROWS = [["name", "age", "since", "paid"], ["Zoë", 41, datetime.date(2020, 1, 2), True], [None, 7.5, None, False]]


def test_cells_of_a_sheet_are_read_as_text(tmp_path: Path) -> None:
    with opened(_workbook(tmp_path / "t.xlsx", people=ROWS)) as table:
        assert table.names == ("name", "age", "since", "paid")
        assert table.asked("SELECT c0, c1, c2, c3 FROM cells") == [
            ("Zoë", "41", "2020-01-02 00:00:00", "true"),
            (None, "7.5", None, "false"),
        ]


def test_one_of_several_sheets_is_named(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "t.xlsx", notes=[["a", "b"], ["x", "y"]], people=ROWS)

    assert 'Name one with --table: "notes", "people".' in _fault(path)
    assert 'there is no sheet "peple"\n  did you mean "people"?' in _fault(path, "peple")
    for source, table in ((f"{path}::people", None), (path, "people")):
        with opened(source, table) as found:
            assert found.rows == 2


def test_a_long_row_is_told_with_its_number(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "t.xlsx", people=[["a", "b"], [1, 2], [1, 2, 3]])

    assert _fault(path).startswith(f"{path}:3: this row has 3 cells, the first row has 2")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook is protected by a password, or in the format"),
        (b"PK\x03\x04 and then nothing", "this is no whole Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)

    assert said in _fault(path)


def test_a_damaged_part_of_a_workbook_is_told(tmp_path: Path) -> None:
    whole, damaged = _workbook(tmp_path / "whole.xlsx", people=ROWS * 9), tmp_path / "t.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)

    assert "this is no whole Excel workbook" in _fault(damaged)


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(600):
            part.write(bytes(1_000_000))

    assert "the workbook unpacks to 0.6 GB; at most 0.5 GB are read" in _fault(path)


def test_without_openpyxl_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _workbook(tmp_path / "t.xlsx", people=ROWS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    assert "pip install 'fatesline[excel]'" in _fault(path)
