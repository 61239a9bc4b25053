"""Spark: every row is counted where it lies; a bounded part of the rows is measured by DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any

from fatesline.errors import UserError
from fatesline.profiling.sources import databases
from fatesline.profiling.sources.storage import Reading, connected, distinct_names, shut_in, written
from fatesline.profiling.table import SAMPLED_ROWS, Table

_BOUND = re.compile(r"\$(\d+)|\?")
_VIEW = "cells"
#: Spark's types by their short names -> DuckDB's.
_TYPES = {
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "timestamp_ntz": "TIMESTAMP",
}


@contextmanager
def connected_to(url: str, reading: Reading) -> Iterator[Table]:
    """A table of a cluster that speaks Spark Connect, as in ``sc://host:15002::customers``."""
    try:
        # Not there for everybody.
        sql: Any = import_module("pyspark.sql")
    except ImportError:
        raise UserError(
            "reaching Spark needs the package pyspark", where=reading.where, way_on="pip install 'pyspark[connect]'"
        ) from None
    errors: Any = import_module("pyspark.errors")
    try:
        session = sql.SparkSession.builder.remote(url).getOrCreate()
        name = databases.chosen([table.name for table in session.catalog.listTables()], reading)
        frame = session.table(name)
    except errors.PySparkException as error:
        raise UserError(f"Spark does not answer ({type(error).__name__})", where=reading.where) from None
    with opened(frame, reading) as table:
        yield table


@contextmanager
def opened(frame: Any, reading: Reading) -> Iterator[Table]:
    """A PySpark frame; it is not changed, cached nor collected."""
    functions: Any = import_module("pyspark.sql.functions")
    names, renamed = distinct_names(frame.columns, reading.where)
    short = [type_ for _, type_ in frame.dtypes]
    numbered = frame.toDF(*(f"c{number}" for number in range(len(names))))
    columns, types = [], []
    for number, type_ in enumerate(short):
        column = numbered[f"c{number}"]
        kept = _TYPES.get(type_, type_.upper() if type_.startswith("decimal") else "VARCHAR")
        if kept in ("FLOAT", "DOUBLE"):
            unreal = functions.isnan(column) | (functions.abs(column) == functions.lit(float("inf")))
            column = functions.when(~unreal, column)
        elif type_.startswith(("struct", "array", "map")):
            column = functions.to_json(column)
        elif type_ == "binary":
            column = functions.md5(column)
        elif kept == "VARCHAR":
            text = column.cast("string")
            column = functions.when(text != "", text)
        columns.append(column.alias(f"c{number}"))
        types.append(kept)
    cells = numbered.select(*columns)
    engine = SparkEngine(cells)
    rows = cells.count()
    with connected(reading) as connection:
        _sample(connection, cells, rows, len(names), reading)
        shut_in(connection)
        yield Table(
            connection, reading.table or "frame", "", "", "", names, tuple(types), rows, reading.where, "spark",
            renamed, engine,
        )  # fmt: skip


def _sample(connection: Any, cells: Any, rows: int, width: int, reading: Reading) -> None:
    """The relation ``sampled``: all rows of a small frame, else a part drawn with a fixed seed."""
    drawn = cells if rows <= SAMPLED_ROWS else cells.sample(fraction=SAMPLED_ROWS / rows, seed=1)
    texts = drawn.select(*(drawn[f"c{number}"].cast("string") for number in range(width)))
    path = written(islice(texts.toLocalIterator(), 2 * SAMPLED_ROWS), width, reading)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    kept = ", ".join(f"nullif(c{number}, '') AS c{number}" for number in range(width))
    connection.execute(
        f"CREATE TABLE read AS SELECT {kept} FROM read_csv(?, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, max_line_size = 16000000)",
        [str(path)],
    )
    path.unlink()
    connection.execute("CREATE TABLE sampled AS SELECT *, rowid AS row FROM read")
    connection.execute("DROP TABLE read")


class SparkEngine:
    """Queries written for DuckDB, answered by Spark.

    Parameters
    ----------
    cells : pyspark.sql.DataFrame
        With columns c0, c1, ...
    """

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def asked(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Translate, bind and collect; only counts come back."""
        # ``{cells}`` is replaced by Spark itself, which gives the frame a name of its own for this one query.
        text, order = translated(query)
        bound = {f"p{number}": _literal(values[number]) for number in order}
        answer = self._cells.sparkSession.sql(text, args=bound, cells=self._cells)
        return [tuple(row) for row in answer.collect()]

    def forget(self, texts: Mapping[int, Sequence[str]]) -> None:
        """NULL in place of these texts."""
        functions: Any = import_module("pyspark.sql.functions")
        columns = []
        for number, name in enumerate(self._cells.columns):
            column = self._cells[name]
            if number in texts:
                column = functions.when(~column.cast("string").isin(list(texts[number])), column)
            columns.append(column.alias(name))
        self._cells = self._cells.select(*columns)


@lru_cache(maxsize=512)
def translated(query: str) -> tuple[str, tuple[int, ...]]:
    """A query of DuckDB in Spark's words, with named parameters; and the numbers of the values it binds.

    Raises
    ------
    ValueError
        If the query uses what Spark does not have.
    """
    import sqlglot
    from sqlglot import exp

    used: list[int] = []

    def named(found: re.Match[str]) -> str:
        number = int(found[1]) - 1 if found[1] else len(used)
        used.append(number)
        return f"__p{number}__"

    tree = sqlglot.parse_one(_BOUND.sub(named, query), read="duckdb")
    text = tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    for table in tree.find_all(exp.Table):
        if table.name == _VIEW:
            text = re.sub(rf"\b{_VIEW}\b", "{cells}", text)
            break
    return re.sub(r"__p(\d+)__", r":p\1", text), tuple(dict.fromkeys(used))


def _literal(value: object) -> object:
    if isinstance(value, list | tuple):
        functions: Any = import_module("pyspark.sql.functions")
        return functions.array(*(functions.lit(one) for one in value))
    return value
