from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from fatesline.errors import UserError
from fatesline.profiling.sources import opened


def _csv(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _parquet(path: Path, query: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def _fault(source: object, table: str | None = None) -> str:
    with pytest.raises(UserError) as caught, opened(source, table):
        pass
    return str(caught.value)


def test_the_files_of_a_folder_are_one_table(tmp_path: Path) -> None:
    _csv(tmp_path / "year=2019" / "b.csv", "a,b\n3,4\n")
    _csv(tmp_path / "a.csv", "a,b\n1,2\n")
    _csv(tmp_path / "_SUCCESS", "")
    _csv(tmp_path / ".hidden", "x")

    with opened(tmp_path) as table:
        assert (table.file, table.rows) == (tmp_path.name, 2)
        assert sorted(table.asked("SELECT c0, c1 FROM cells")) == [("1", "2"), ("3", "4")]


def test_a_pattern_names_some_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a1.csv", "a2.csv", "b.csv"):
        _csv(tmp_path / name, "a,b\n1,2\n")

    with opened(str(tmp_path / "a*.csv")) as table:
        assert table.rows == 2


def test_the_hash_of_a_folder_is_that_of_the_hashes_whatever_the_files_are_called(tmp_path: Path) -> None:
    contents = ["a,b\n1,2\n", "a,b\n3,4\n"]
    hashes = sorted(hashlib.sha256(content.encode()).hexdigest() for content in contents)
    for names in (("x.csv", "y.csv"), ("q.csv", "p.csv")):
        folder = tmp_path / names[0]
        for name, content in zip(names, contents, strict=True):
            _csv(folder / name, content)

        with opened(folder) as table:
            assert table.sha256 == hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest()


def test_files_with_other_columns_are_told_by_name(tmp_path: Path) -> None:
    _csv(tmp_path / "a.csv", "a,b\n1,2\n")
    _csv(tmp_path / "b.csv", "a,c\n1,2\n")

    assert 'b.csv:1: this file has not the columns of "a.csv": it lacks "b" and has "c" besides' in _fault(tmp_path)


def test_parquet_files_with_other_types_are_told(tmp_path: Path) -> None:
    _parquet(tmp_path / "a.parquet", "SELECT 1 AS a, 2 AS b")
    _parquet(tmp_path / "b.parquet", "SELECT 1 AS a, 'x' AS b")

    assert 'b.parquet: columns have other types than in "a.parquet"' in _fault(tmp_path)


def test_a_folder_of_several_kinds_is_refused(tmp_path: Path) -> None:
    _csv(tmp_path / "a.csv", "a,b\n1,2\n")
    _parquet(tmp_path / "b.parquet", "SELECT 1 AS a, 2 AS b")

    assert "the files are of different kinds" in _fault(tmp_path)


def test_an_empty_folder_and_a_pattern_without_files_are_told(tmp_path: Path) -> None:
    assert "the folder has no files" in _fault(tmp_path)
    assert "no file has a name like this" in _fault(tmp_path / "*.csv")


def test_numbers_dates_and_booleans_of_parquet_keep_their_types(tmp_path: Path) -> None:
    path = _parquet(
        tmp_path / "t.parquet",
        "SELECT 1.5::DOUBLE AS x, DATE '2020-01-02' AS d, true AS b, 7::SMALLINT AS i, 'nan'::DOUBLE AS n, '' AS e, "
        "{'a': 1} AS s, [1, 2] AS l, 'ab'::BLOB AS y, NULL::VARCHAR AS z, 2.50::DECIMAL(5,2) AS m",
    )

    with opened(path) as table:
        kinds = {name: table.kind(name) for name in table.names}
        (texts,) = table.asked(f"SELECT {', '.join(table.sql(name) for name in table.names)} FROM cells")

        assert [name for name, kind in kinds.items() if kind == "number"] == ["x", "i", "n", "m"]
        assert [name for name, kind in kinds.items() if kind == "other"] == ["d", "b"]
        assert texts[:4] == ("1.5", "2020-01-02", "true", "7")
        assert texts[4:8] == (None, None, '{"a":1}', "[1,2]")
        assert texts[8] == hashlib.md5(b"ab").hexdigest()
        assert texts[9:] == (None, "2.50")
        assert table.asked(f"SELECT {table.number('m')} FROM sampled") == [(2.5,)]


def test_a_parquet_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "t.parquet", "SELECT i AS a, i * 2 AS b FROM range(1000) t(i)")
    path.write_bytes(path.read_bytes()[:-100])

    assert _fault(path).startswith(f"{path}: this is no whole Parquet file")


def test_a_parquet_file_with_a_damaged_middle_is_told(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "t.parquet", "SELECT hash(i) AS a, hash(i * 2) AS b FROM range(100000) t(i)")
    content = bytearray(path.read_bytes())
    content[4:5000] = b"\x00" * 4996
    path.write_bytes(content)

    assert "this is no whole Parquet file" in _fault(path)


def test_a_parquet_file_without_rows_is_told(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "t.parquet", "SELECT 1 AS a, 2 AS b WHERE false")

    assert "the table has names but no rows" in _fault(path)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = _csv(tmp_path / "t.csv", "a,b\n1,2\n")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert "the file cannot be read: Permission denied" in _fault(path)
    else:
        pytest.skip("this user reads every file")


def test_what_is_no_source_at_all_is_told() -> None:
    assert "a int is no table" in _fault(7)
