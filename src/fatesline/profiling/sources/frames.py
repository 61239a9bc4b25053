"""Frames: pandas as it is, PySpark where it is, everything else that narwhals understands by way of Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from fatesline.errors import UserError
from fatesline.profiling.sources import parquet_files
from fatesline.profiling.sources.columns_of import selected
from fatesline.profiling.sources.storage import Reading, connected, distinct_names, numbered, shut_in
from fatesline.profiling.table import Table


def opened(frame: Any, reading: Reading) -> AbstractContextManager[Table]:
    """The table of a frame.

    Parameters
    ----------
    frame : object
        PySpark frames are counted on Spark. Frames of pandas are read as they are. All others, Polars, Arrow, DuckDB
        relations, Ibis and Dask among them, are written as Parquet first and measured by DuckDB; the temporary folder
        holds a compressed copy meanwhile. A lazy frame of Polars is streamed. Dask makes and writes one part for each
        worker at a time, so the largest parts, not the table, must fit into memory.

    Raises
    ------
    UserError
        If narwhals does not understand the object, or workers of Dask on other machines wrote where nobody can read.

    Notes
    -----
    Dask has no queries of its own to count with: dask-sql has had no release since 2024 and does not import beside
    today's Dask (its issue 1349). Workers on other machines must share the temporary folder, which ``TMPDIR`` names.
    """
    import narwhals as nw

    if nw.dependencies.is_pandas_dataframe(frame):
        # Before narwhals looks: it refuses names that stand twice.
        return _of_pandas(frame, reading)
    try:
        understood = nw.from_native(frame)
    except TypeError:
        raise UserError(
            f"a {type(frame).__name__} is no table",
            where="profile",
            way_on="Give a path, or a frame of pandas, Polars, Arrow, DuckDB, Dask or PySpark.",
        ) from None
    if understood.implementation.is_pyspark() or understood.implementation.is_pyspark_connect():
        from fatesline.profiling.sources import spark

        return spark.opened(frame, reading)
    return _by_parquet(understood, reading)


@contextmanager
def _of_pandas(frame: Any, reading: Reading) -> Iterator[Table]:
    names, renamed = distinct_names([str(name) for name in frame.columns], reading.where)
    shown = frame.set_axis([f"n{number}" for number in range(len(names))], axis="columns")
    for name, type_ in shown.dtypes.items():
        # A column of objects may hold anything; of categories too.
        if type_ == object or str(type_) == "category":  # noqa: E721 - a dtype of NumPy, compared by value
            column = shown[name].astype(object)
            shown[name] = column.map(str).where(column.notna(), None)
    with connected(reading) as connection:
        connection.register("given", shown)
        described = connection.execute("DESCRIBE SELECT * FROM given").fetchall()
        parts, types = selected([row[0] for row in described], [row[1] for row in described])
        connection.execute(f"CREATE TABLE stored AS SELECT {parts} FROM given")
        connection.unregister("given")
        numbered(connection)
        shut_in(connection)
        yield Table(connection, "frame", "", "", "", names, types, len(frame), reading.where, "frame", renamed)


@contextmanager
def _by_parquet(understood: Any, reading: Reading) -> Iterator[Table]:
    import narwhals as nw

    path = reading.folder / "frame.parquet"
    try:
        if understood.implementation.is_dask():
            # Its own way, since the index is no column. Padded numbers: part 10 comes after part 9.
            nw.to_native(understood).to_parquet(path, write_index=False, name_function="part-{:09d}.parquet".format)
        elif isinstance(understood, nw.LazyFrame):
            understood.sink_parquet(path)
        else:
            understood.write_parquet(path)
    except ImportError as error:
        raise UserError(f"the frame cannot be written as Parquet: {error}", where=reading.where) from None
    paths = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if understood.implementation.is_dask() and len(paths) < nw.to_native(understood).npartitions:
        raise UserError(
            "the workers of Dask wrote their parts where they cannot be read",
            where=reading.where,
            way_on="Set TMPDIR to a folder that they share with this machine.",
        )
    with parquet_files.opened(paths, reading.where, reading, format_="frame", sha256="") as table:
        table.file = "frame"
        yield table
