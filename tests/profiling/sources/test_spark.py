"""The same measures on Spark as in DuckDB; needs pyspark and Java, a few seconds to start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fatesline.profiling import profile
from fatesline.profiling.sources import opened
from fatesline.profiling.sources.spark import translated

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed; make engines has it")
if shutil.which("java") is None:
    pytest.skip("Java is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.sql.warehouse.dir", str(folder))
    session = builder.config("spark.driver.memory", "1g").config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_types_of_spark_keep_their_meaning(session: Any) -> None:
    frame = session.sql(
        "SELECT double(1.5) AS x, date'2020-01-02' AS d, true AS b, smallint(7) AS i, double('NaN') AS n, '' AS e, "
        "named_struct('a', 1) AS s, array(1, 2) AS l, cast(2.5 AS decimal(5,2)) AS m"
    )

    with opened(frame) as table:
        assert [name for name in table.names if table.kind(name) == "number"] == ["x", "i", "n", "m"]
        (texts,) = table.asked(f"SELECT {', '.join(table.sql(name) for name in table.names)} FROM cells")
        assert texts == ("1.5", "2020-01-02", "true", "7", None, None, '{"a":1}', "[1,2]", "2.50")
        assert table.asked("SELECT c0, c4, c8 FROM sampled") == [("1.5", None, "2.50")]


def test_values_and_repeated_rows_are_counted_there_and_markers_forgotten(session: Any) -> None:
    frame = session.createDataFrame([("a", 1), ("a", 1), ("?", -1), (None, 2)], "u string, n int")

    with opened(frame) as table:
        assert table.repeated() == 1
        assert sorted(table.asked(f"SELECT v, x, n FROM {table.values('n')}")) == [
            ("-1", -1, 1),
            ("1", 1, 2),
            ("2", 2, 1),
        ]
        table.forget(["?", "-1"])
        assert (table.known("u"), table.known("n"), table.distinct("n")) == (2, 3, 2)
        assert table.asked(f"SELECT v, n FROM {table.values('u')}") == [("a", 2)]
        assert table.asked("SELECT count(c0), count(c1) FROM sampled") == [(2, 3)]


def test_nothing_of_the_data_is_part_of_a_query(session: Any) -> None:
    nasty = "'; DROP TABLE cells; -- $1 {cells} :p0"
    frame = session.createDataFrame([(nasty, 1), ("b", 2)], [nasty, "n"])

    with opened(frame) as table:
        assert table.asked("SELECT count(*) FROM cells WHERE list_contains($1, c0)", [nasty]) == [(1,)]
        assert table.asked("SELECT c0, $2 FROM cells WHERE c0 = $1", nasty, nasty) == [(nasty, nasty)]


def test_values_stay_bound_when_a_query_is_translated() -> None:
    assert translated("SELECT count(*) FROM cells WHERE c0 = ?")[0].endswith("FROM {cells} WHERE c0 = :p0")


def test_a_profile_on_spark_says_what_the_profile_of_the_file_says(session: Any, tmp_path: Path) -> None:
    rows = [
        f"{number},{'f' if number % 3 else 'm'},{20 + number * 7 % 50},{number % 11}.5,{'w' if number % 9 else '?'},"
        f"{'yes' if (number * 31) % 7 > 2 + (number % 3 == 0) else 'no'}"
        for number in range(600)
    ]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["id,sex,age,amount,job,granted", *rows]), encoding="utf-8")
    frame = session.read.csv(str(path), header=True)

    expected, found = profile(path, "granted"), profile(frame, "granted")

    assert found.facts == expected.facts
    assert found.rates == expected.rates
    assert found.columns == expected.columns
    assert (found.format, found.sha256) == ("spark", "")
