from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pytest

from fatesline.errors import UserError
from fatesline.profiling.sources import opened

COLUMNS = {"age": [41, 30, None], "name": ["Zoë", "", None], "paid": [True, False, True]}


def _cells(frame: Any) -> list[tuple[Any, ...]]:
    with opened(frame) as table:
        assert (table.names, table.sha256, table.file, table.rows) == (("age", "name", "paid"), "", "frame", 3)
        ages = table.number("age")
        return table.asked(f"SELECT {ages}, {table.sql('name')}, {table.sql('paid')} FROM cells ORDER BY 1")


EXPECTED = [(30.0, None, "false"), (41.0, "Zoë", "true"), (None, None, "true")]


def test_a_frame_of_pandas_is_read_as_it_is() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(COLUMNS)

    assert _cells(frame) == EXPECTED
    assert list(frame.columns) == ["age", "name", "paid"]


def test_objects_and_categories_of_pandas_become_text() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, "x", None], "b": pandas.Categorical(["u", None, "v"]), 3: [[1], {"k": 2}, None]})

    with opened(frame) as table:
        assert table.names == ("a", "b", "3")
        assert table.asked("SELECT c0, c1, c2 FROM cells") == [
            ("1", "u", "[1]"),
            ("x", None, "{'k': 2}"),
            (None, "v", None),
        ]


def test_names_that_stand_twice_are_made_different() -> None:
    pandas = pytest.importorskip("pandas")

    with opened(pandas.DataFrame([[1, 2]], columns=["a", "a"])) as table:
        assert table.names == ("a", "a.1")


@pytest.mark.parametrize("lazy", [False, True])
def test_a_frame_of_polars_comes_by_way_of_parquet(lazy: bool) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed; make engines has it")
    frame = polars.LazyFrame(COLUMNS) if lazy else polars.DataFrame(COLUMNS)

    assert _cells(frame) == EXPECTED


def test_a_table_of_arrow_comes_by_way_of_parquet() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed; make engines has it")

    assert _cells(pyarrow.table(COLUMNS)) == EXPECTED


def test_a_relation_of_duckdb_comes_by_way_of_parquet() -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (age DOUBLE, name VARCHAR, paid BOOLEAN)")
        rows = zip(*COLUMNS.values(), strict=True)
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [list(row) for row in rows])

        assert _cells(connection.table("t")) == EXPECTED


def test_the_parts_of_a_dask_frame_come_by_way_of_parquet() -> None:
    dataframe = pytest.importorskip("dask.dataframe", reason="Dask is not installed; make engines has it")
    pandas = pytest.importorskip("pandas")

    assert _cells(dataframe.from_pandas(pandas.DataFrame(COLUMNS), npartitions=2)) == EXPECTED


def test_parts_of_a_dask_frame_are_written_one_after_the_other_and_in_their_order() -> None:
    dask = pytest.importorskip("dask", reason="Dask is not installed; make engines has it")
    dataframe = pytest.importorskip("dask.dataframe", reason="Dask is not installed; make engines has it")
    pandas = pytest.importorskip("pandas")
    alive: set[int] = set()
    most = []

    def part(number: int) -> Any:
        made = pandas.DataFrame({"n": range(100 * number, 100 * number + 100)})
        alive.add(number)
        weakref.finalize(made, alive.discard, number)
        most.append(len(alive))
        return made

    frame = dataframe.from_map(part, range(12), meta=pandas.DataFrame({"n": [0]}))
    with dask.config.set(scheduler="synchronous"), opened(frame) as table:
        rows = table.asked("SELECT c0 FROM sampled ORDER BY row")

    assert [int(n) for (n,) in rows] == list(range(1200))
    assert len(most) >= 12
    assert max(most) <= 2


def test_parts_that_workers_wrote_elsewhere_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dataframe = pytest.importorskip("dask.dataframe", reason="Dask is not installed; make engines has it")
    pandas = pytest.importorskip("pandas")
    frame = dataframe.from_pandas(pandas.DataFrame(COLUMNS), npartitions=2)
    written = type(frame).to_parquet

    def elsewhere(frame: Any, path: Path, **options: Any) -> None:
        path.mkdir()
        written(frame, tmp_path / "another machine", **options)

    monkeypatch.setattr(type(frame), "to_parquet", elsewhere)

    with pytest.raises(UserError, match="Set TMPDIR to a folder"), opened(frame):
        pass


def test_a_frame_without_rows_is_told() -> None:
    pandas = pytest.importorskip("pandas")

    with (
        pytest.raises(UserError, match="the frame: the table has names but no rows"),
        opened(pandas.DataFrame({"a": []})),
    ):
        pass
