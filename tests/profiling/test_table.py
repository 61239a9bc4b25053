from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from fatesline.profiling import table as module
from fatesline.profiling.sources import opened
from fatesline.profiling.table import SAMPLED_ROWS, Table

ROWS = """SELECT i AS id, i % 7 AS code, CASE WHEN i % 10 = 0 THEN '?' ELSE 'w' || (i % 3) END AS word,
CASE WHEN i % 5 = 0 THEN -1 ELSE i / 4 END::DOUBLE AS amount, i % 2 = 0 AS flag FROM range(4000) t(i)"""


@contextmanager
def _opened(folder: Path, suffix: str) -> Iterator[Table]:
    path = folder / f"t{suffix}"
    kind = "(FORMAT parquet)" if suffix == ".parquet" else "(HEADER)"
    duckdb.connect().execute(f"COPY ({ROWS}) TO '{path}' {kind}")
    with opened(path) as table:
        yield table


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("most", [250_000, 1000])
def test_counts_are_exact_however_large_the_table_is(
    tmp_path: Path, suffix: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SAMPLED_ROWS", most)
    monkeypatch.setattr(module, "COUNTED_VALUES", 50)

    with _opened(tmp_path, suffix) as table:
        assert table.sampled_rows == 4000 if most > 4000 else 700 < table.sampled_rows < 1300
        assert table.distinct("id") == 4000
        table.forget(["?", "-1", "-1.0"])
        assert {name: table.known(name) for name in table.names} == {
            "id": 4000, "code": 4000, "word": 3600, "amount": 3200, "flag": 4000,
        }  # fmt: skip
        assert table.asked(f"SELECT v, n FROM {table.values('word')} ORDER BY v") == [
            ("w0", 1200), ("w1", 1200), ("w2", 1200),
        ]  # fmt: skip
        assert table.asked(f"SELECT min({table.number('amount')}) FROM cells") == [(0.25,)]
        assert table.asked("SELECT count(*) FROM sampled WHERE c2 = '?' OR c3 IN ('-1', '-1.0')") == [(0,)]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_same_file_gives_the_same_sample(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAMPLED_ROWS", 1000)
    samples = []
    for _ in range(2):
        with _opened(tmp_path, suffix) as table:
            samples.append(table.asked("SELECT * FROM sampled"))

    assert samples[0] == samples[1]


def test_what_was_opened_reaches_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")

    for suffix in (".csv", ".parquet"):
        with _opened(tmp_path, suffix) as table, pytest.raises(duckdb.PermissionException):
            table.asked(f"SELECT * FROM read_csv('{tmp_path / 'other.csv'}')")


def test_rows_that_repeat_another_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n1,2\n1,\n1,\n,1\n")

    with opened(path) as table:
        assert table.repeated() == 2


@pytest.mark.parametrize("type_", ["TINYINT", "USMALLINT", "INTEGER", "BIGINT", "UBIGINT", "HUGEINT", "DOUBLE"])
@pytest.mark.parametrize("step", [1, 1 << 20])
def test_whole_numbers_of_a_large_table_are_told_apart_one_by_one(tmp_path: Path, type_: str, step: int) -> None:
    path = tmp_path / "t.parquet"
    low = "0" if type_.startswith("U") else "-100"
    spread = f"{low} + (i * 7 % 101) * {step}" if type_ in ("BIGINT", "UBIGINT", "HUGEINT", "DOUBLE") else "i * 7 % 101"
    rows = SAMPLED_ROWS + 10
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT CAST(CASE WHEN i % 13 > 0 THEN {spread} END AS {type_}) AS n, i % 2 AS y "
            f"FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"
        )

    with opened(path) as table:
        assert (table.rows, table.distinct("n"), table.distinct("y")) == (rows, 101, 2)


def test_a_column_that_is_coded_anew_gets_the_codes_of_its_last_kind(tmp_path: Path) -> None:
    with _opened(tmp_path, ".csv") as table:

        def codes(columns: dict[str, bool]) -> list[tuple[object, ...]]:
            table.code(columns, 3, 10)
            return table.asked("SELECT col, v, code FROM codes ORDER BY ALL")

        first = codes({"code": True})
        assert codes({"code": True}) == first
        assert codes({"code": False}) != first
        assert codes({"code": True}) == first
        assert {col for col, _, _ in codes({"word": False})} == {table.place("code"), table.place("word")}
        table.forget(["w1"])
        assert "w1" not in {v for _, v, _ in codes({"word": False})}
