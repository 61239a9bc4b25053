from __future__ import annotations

import gzip
import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.errors import UserError, UserErrors
from fatesline.profiling.sources import opened


def _written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _cells(path: Path) -> tuple[tuple[str, ...], list[tuple[str | None, ...]]]:
    with opened(path) as table:
        return table.names, table.asked("SELECT * FROM cells")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_read_from_the_file(tmp_path: Path, delimiter: str) -> None:
    rows = [["a", "b", "c"], ["1,5", "x;y", "|"], ["2", "", "z"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    names, cells = _cells(_written(tmp_path, text))

    assert names == ("a", "b", "c")
    assert cells == [("1,5", "x;y", "|"), ("2", None, "z")]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_read_from_the_file(tmp_path: Path, encoding: str, told: str) -> None:
    path = _written(tmp_path, "métier,âge\nélève,17\nmaçon,40\n".encode(encoding))

    with opened(path) as table:
        assert table.encoding == told
        assert table.names == ("métier", "âge")
        assert table.asked("SELECT c0 FROM cells") == [("élève",), ("maçon",)]


def test_a_compressed_file_reads_like_the_plain_one_and_its_hash_is_that_of_the_file(tmp_path: Path) -> None:
    content = gzip.compress(b"a,b\n1,2\n", mtime=0)
    path = _written(tmp_path, content, "t.csv.gz")

    with opened(path) as table:
        assert table.asked("SELECT * FROM cells") == [("1", "2")]
        assert table.sha256 == hashlib.sha256(content).hexdigest()


def test_a_path_that_looks_like_a_pattern_names_one_file(tmp_path: Path) -> None:
    _written(tmp_path, "a,b\n9,9\n", "data1.csv")

    assert _cells(_written(tmp_path, "a,b\n1,2\n", "data[1]*.csv"))[1] == [("1", "2")]


NASTY = ['he said "no"', "two\nlines", "semi;colon", '__import__("os").system("true")', "'; DROP TABLE cells; --", "c0"]


def test_a_name_of_a_column_is_never_more_than_a_name(tmp_path: Path) -> None:
    header = ",".join('"' + name.replace('"', '""') + '"' for name in NASTY)

    with opened(_written(tmp_path, f"{header}\n1,2,3,4,5,6\n")) as table:
        assert table.names == tuple(NASTY)
        for number, name in enumerate(NASTY, start=1):
            assert table.asked(f"SELECT {table.sql(name)} FROM cells") == [(str(number),)]


cells = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=("Cs",)), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_cells_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["a", "b", "c"], *rows])
    path = _written(tmp_path_factory.getbasetemp(), text + "\n")

    assert _cells(path)[1] == [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "t.csv: the file is empty"),
        (b" \n\n", "t.csv: the file is empty"),
        (b"a,b\n", "t.csv: the table has names but no rows"),
        (b"a\n1\n2\n", "t.csv:1: the first line has one column only"),
        (b"a,,b\n1,2,3\n", "t.csv:1: column 2 has no name"),
        (b"1.5,2,x\n1,2,3\n", "t.csv:1: the first line looks like data, not like names of columns"),
        (b"a,b\n1,2\n1,2,secret\n", "t.csv:3: this row has 3 cells, the first line has 2"),
        (b'a,b\n1,"secret\n1,2\n', "a quote is opened and not closed"),
        (b"a,b\n1,\x00\x01\x02\xff\xfe\n" * 9, "this is no text in a known encoding"),
        (bytes(range(128, 256)) * 40, "this is no text in a known encoding"),
        (b"\x1f\x8b\x08damaged", "t.csv: the compressed file is damaged"),
        (b"a" * (1 << 21), "t.csv:1: the first line is longer than a million characters"),
        (
            b"State-gov,39,Bachelors\nPrivate,40,Masters\nState-gov,41,Bachelors\n" * 3,
            "t.csv:1: the first line looks like",
        ),
        (
            "é,b\n1,ü\n2,x\n".encode() + "é,1\n".encode("latin-1"),
            "t.csv:4: this line is not in the encoding of the others",
        ),
        (b",".join(b"c%d" % number for number in range(2_001)), "t.csv:1: the table has 2,001 columns; at most"),
    ],
)
def test_what_is_no_table_is_one_clear_fault_that_shows_no_cell(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught, opened(_written(tmp_path, content)):
        pass

    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_names_that_stand_twice_are_made_different_as_pandas_does(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = _written(tmp_path, "a,b,a,a.1,a\n1,2,3,4,5\n")

    with opened(path) as table:
        assert table.names == tuple(pandas.read_csv(path).columns)
        assert set(table.renamed.values()) == {"a"}


def test_all_columns_without_names_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserErrors) as caught, opened(_written(tmp_path, "a,,b,,c\n1,2,3,4,5\n")):
        pass

    assert len(caught.value.faults) == 2


def test_a_missing_file_is_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the file cannot be read: No such file or directory"), opened(tmp_path / "no"):
        pass


def test_years_as_names_are_no_data_only_where_most_names_are_words(tmp_path: Path) -> None:
    assert _cells(_written(tmp_path, "country,region,2019\nFrance,Europe,5\nMali,Africa,7\n"))[0][2] == "2019"


def test_reading_a_file_of_one_endless_line_stops_at_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as stream:
        stream.write(b"a,b," * (1 << 19))
        # Sparse: two gigabytes that take no room, and would take seconds to read.
        stream.truncate(1 << 31)

    started = time.monotonic()
    with pytest.raises(UserError, match=r"endless.csv:1: the first line is longer than a million"), opened(path):
        pass

    assert time.monotonic() - started < 5
