"""The table under measurement: every row where it lies, a bounded part of it as text in the embedded engine.

Columns are called c0, c1, ... in every engine and values are bound, so no name and no value of the data is ever part of
an SQL text.

What runs where: a query over ``cells``, every row, runs where the rows are, in DuckDB or on the engine that was handed
over (`profiling.sources.spark`), and keeps to what engines share: selecting, grouping, CASE, CAST, counts, sums,
smallest and largest. Everything else, quantiles, ranks, patterns, runs on ``sampled`` and on the counted values of a
column, always in DuckDB. There is one set of queries, in DuckDB's SQL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

#: Tables with more rows are measured in part where a measure is more than a count: quantiles, ranks, patterns.
SAMPLED_ROWS = 250_000
#: The values of a column are counted one by one up to so many different ones.
COUNTED_VALUES = 100_000

#: Columns that are counted in one query.
COUNTED_AT_ONCE = 500

Kind = Literal["text", "number", "other"]

_IS_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*\Z")
_EVERY_ROW = re.compile(r"\bcells\b")
_NUMBER_TYPES = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)\Z")


class Engine(Protocol):
    """Where the rows are, if not in DuckDB."""

    def asked(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Answer a query over ``cells``, written for DuckDB."""

    def forget(self, texts: Mapping[int, Sequence[str]]) -> None:
        """Put NULL in place of these texts, by number of the column."""


@dataclass(slots=True)
class Table:
    """A table whose cells can be asked about; never shown.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Has the relation ``raw`` with columns c0, c1, ... and ``row``, unless the rows are in an engine. Can reach
        nothing but what the table is read from.
    file : str
        Name without folders.
    sha256 : str
        Of the file as it lies on disk; empty where there is no file to hash.
    delimiter, encoding : str
        Of a CSV file; empty for other sources.
    names : tuple of str
        Column ``i`` is called ``ci``.
    types : tuple of str
        DuckDB's type of each column.
    rows : int
    where : str
        How messages call the source.
    format : str
        Kind of source: csv, parquet, excel, duckdb, sqlite, database, frame, spark.
    renamed : mapping of str to str
        Names that stood there twice: the new one, and what stood there.
    engine : Engine, optional
    """

    connection: Any
    file: str
    sha256: str
    delimiter: str
    encoding: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    where: str
    format: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    sampled_rows: int = 0
    _number_of: dict[str, int] = field(default_factory=dict)
    _counted: set[int] = field(default_factory=set)
    _binned: set[int] = field(default_factory=set)
    _known: dict[int, int] = field(default_factory=dict)
    _ranges: dict[int, tuple[int, float | None, float | None]] = field(default_factory=dict)
    _different: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set up ``cells`` and ``sampled`` over what the source left."""
        self._number_of = {name: number for number, name in enumerate(self.names)}
        columns = ", ".join(f"c{number}" for number in range(len(self.names)))
        if self.engine is None:
            # A small table is copied: looking up a view of thousands of columns takes longer than its rows.
            kept = "TABLE" if self.rows <= SAMPLED_ROWS else "VIEW"
            self.connection.execute(f"CREATE {kept} cells AS SELECT {columns} FROM raw")
            self._sample_raw()
        self.sampled_rows = self.connection.execute("SELECT count(*) FROM sampled").fetchone()[0]

    def _sample_raw(self) -> None:
        texts = ", ".join(f"CAST(c{number} AS VARCHAR) AS c{number}" for number in range(len(self.names)))
        # One of a million parts, so many of them that about SAMPLED_ROWS rows come together.
        part = "" if self.rows <= SAMPLED_ROWS else f"WHERE hash(row) % 1000000 < {1000000 * SAMPLED_ROWS // self.rows}"
        self.connection.execute(f"CREATE TABLE sampled AS SELECT {texts}, row FROM raw {part}")

    def kind(self, column: str) -> Kind:
        """Whether cells are text, numbers, or something else of a type of its own: dates, booleans."""
        type_ = self.types[self._number_of[column]]
        if type_ == "VARCHAR":
            return "text"
        return "number" if _NUMBER_TYPES.match(type_) else "other"

    def sql(self, column: str) -> str:
        """The text of a cell, for queries over ``cells`` and ``sampled``; NULL where there is none."""
        at = f"c{self._number_of[column]}"
        return at if self.kind(column) == "text" else f"CAST({at} AS VARCHAR)"

    def key(self, column: str) -> str:
        """What tells cells apart, as cheaply as the column allows; for grouping and counting."""
        return f"c{self._number_of[column]}"

    def number(self, column: str) -> str:
        """The cell as a number, for queries over ``cells`` and ``sampled``; NULL where it is none."""
        at, kind = f"c{self._number_of[column]}", self.kind(column)
        if kind == "text":
            return f"try_cast(trim({at}) AS DOUBLE)"
        return f"CAST({at} AS DOUBLE)" if kind == "number" else "CAST(NULL AS DOUBLE)"

    def asked(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of the answer to a query; values are bound to ``?`` or ``$1``.

        Parameters
        ----------
        query : str
            Over ``cells``, every row, or over ``sampled`` and what `values` gives. The module says what each may use.
        *values
        """
        if self.engine is not None and _EVERY_ROW.search(query):
            return self.engine.asked(query, values)
        answer: list[tuple[Any, ...]] = self.connection.execute(query, list(values)).fetchall()
        return answer

    def known(self, column: str) -> int:
        """Cells with a value."""
        number = self._number_of[column]
        if number not in self._known:
            # Many columns at once: what costs most is to go through the rows at all.
            asked = [one for one in range(len(self.names)) if one not in self._known][:COUNTED_AT_ONCE]
            counts = self.asked(f"SELECT {', '.join(f'count(c{one})' for one in asked)} FROM cells")[0]
            self._known.update(zip(asked, counts, strict=True))
        return self._known[number]

    def distinct(self, column: str) -> int:
        """Different values, counted one by one."""
        number = self._number_of[column]
        if number not in self._different:
            at = self.key(column)
            self._different[number] = int(self.asked(f"SELECT count(DISTINCT {at}) FROM cells")[0][0])
        return self._different[number]

    def range(self, column: str) -> tuple[int, float | None, float | None]:
        """How many cells are numbers, and the smallest and largest of them."""
        place = self._number_of[column]
        if place not in self._ranges:
            relation = f"(SELECT {self.number(column)} AS x, 1 AS n FROM cells) AS g"
            if self.is_counted(column):
                relation = self.values(column)
            asked = f"SELECT coalesce(sum(CASE WHEN x IS NOT NULL THEN n END), 0), min(x), max(x) FROM {relation}"
            numbers, low, high = self.asked(asked)[0]
            self._ranges[place] = int(numbers), low, high
        return self._ranges[place]

    def is_counted(self, column: str) -> bool:
        """True if `values` holds every value; False if it holds those of ``sampled`` only."""
        return self.rows <= SAMPLED_ROWS or self.distinct(column) <= COUNTED_VALUES

    def values(self, column: str) -> str:
        """A relation of the column's values: text ``v``, number ``x`` or NULL, and in how many rows, ``n``."""
        number = self._number_of[column]
        relation = f"v{number}"
        if number in self._counted:
            return relation
        at = f"c{number}"
        counted = f"SELECT {at} AS k, count(*) AS n FROM cells WHERE {at} IS NOT NULL GROUP BY {at}"
        if not self.is_counted(column):
            counted = f"SELECT {at} AS k, count(*) AS n FROM sampled WHERE {at} IS NOT NULL GROUP BY {at}"
        text = f"SELECT CAST(k AS VARCHAR) AS v, n FROM ({counted}) AS g"
        with_number = "SELECT v, try_cast(trim(v) AS DOUBLE) AS x, n"
        if self.engine is not None and _EVERY_ROW.search(text):
            answer = self.engine.asked(text, ())
            self.connection.execute(
                f"CREATE TABLE {relation} AS {with_number} FROM (SELECT unnest($1::VARCHAR[]) AS v, "
                "unnest($2::BIGINT[]) AS n)",
                [[v for v, _ in answer], [n for _, n in answer]],
            )
        else:
            self.connection.execute(f"CREATE TABLE {relation} AS {with_number} FROM ({text})")
        self._counted.add(number)
        return relation

    def binned(self, column: str, bins: int) -> str:
        """An expression over ``sampled``: in which of so many equal parts the number of a row lies; ties share one."""
        number = self._number_of[column]
        if number not in self._binned:
            at = self.number(column)
            self.connection.execute(f"ALTER TABLE sampled ADD COLUMN b{number} INTEGER")
            self.connection.execute(
                f"UPDATE sampled SET b{number} = ranked.bin FROM (SELECT row, "
                f"(rank() OVER (ORDER BY {at}) - 1) * $1 // count(*) OVER () AS bin FROM sampled "
                f"WHERE {at} IS NOT NULL) AS ranked WHERE sampled.row = ranked.row",
                [bins],
            )
            self._binned.add(number)
        return f"b{number}"

    def repeated(self) -> int:
        """Rows that repeat another row."""
        if any(different == self.rows for different in self._different.values()):
            return 0
        columns = ", ".join(f"c{number}" for number in range(len(self.names)))
        if self.engine is None:
            # 64 bits for each row instead of the row: of ten million, two are mistaken once in 370,000 tables.
            columns = f"hash({columns})"
        distinct = self.asked(f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM cells) AS d")[0][0]
        return int(self.rows - distinct)

    def forget(self, texts: Sequence[str]) -> None:
        """Put NULL in place of these texts, for all further questions to the table."""
        found: dict[int, list[str]] = {}
        for name, number in self._number_of.items():
            if present := self._present(name, texts):
                found[number] = present
        if self.engine is not None:
            self.engine.forget(found)
        else:
            numbers = [float(text) for text in texts if _IS_NUMBER.match(text)]
            self.connection.execute("SET VARIABLE marking_texts = $1::VARCHAR[]", [list(texts)])
            self.connection.execute("SET VARIABLE marking_numbers = $1::DOUBLE[]", [numbers])
            if self.rows <= SAMPLED_ROWS:
                for number in found:
                    holds = self._marks(self.names[number])
                    self.connection.execute(f"UPDATE cells SET c{number} = NULL WHERE {holds}")
            else:
                cells = ", ".join(
                    f"CASE WHEN NOT {self._marks(name)} THEN c{number} END AS c{number}"
                    if number in found
                    else f"c{number}"
                    for name, number in self._number_of.items()
                )
                self.connection.execute("DROP VIEW cells")
                self.connection.execute(f"CREATE VIEW cells AS SELECT {cells} FROM raw")
        for number, present in found.items():
            self.connection.execute(
                f"UPDATE sampled SET c{number} = NULL WHERE list_contains($1, c{number})", [present]
            )
            self._different.pop(number, None)
            self._known.pop(number, None)
            self._ranges.pop(number, None)
            if number in self._counted:
                self.connection.execute(f"DELETE FROM v{number} WHERE list_contains($1, v)", [present])

    def _present(self, column: str, texts: Sequence[str]) -> list[str]:
        """Which of these texts stand in a column."""
        at, kind = self.key(column), self.kind(column)
        numbers = [text for text in texts if _IS_NUMBER.match(text)]
        if kind == "other" or (kind == "number" and not numbers):
            return []
        if self.is_counted(column):
            holds = "list_contains($1::DOUBLE[], x)" if kind == "number" else "list_contains($1, v)"
            bound: list[object] = [float(text) for text in numbers] if kind == "number" else list(texts)
            rows = self.asked(f"SELECT v FROM {self.values(column)} WHERE {holds} ORDER BY v", bound)
        elif kind == "number":
            # The text of every number would take longer than all else.
            rows = self.asked(
                f"SELECT DISTINCT CAST({at} AS VARCHAR) FROM cells WHERE list_contains($1, CAST({at} AS DOUBLE)) "
                "ORDER BY 1",
                [float(text) for text in numbers],
            )
        else:
            rows = self.asked(f"SELECT DISTINCT {at} FROM cells WHERE list_contains($1, {at}) ORDER BY 1", list(texts))
        return [text for (text,) in rows]

    def _marks(self, column: str) -> str:
        """True of a cell that stands for a missing value."""
        at = self.key(column)
        if self.kind(column) == "number":
            return f"list_contains(getvariable('marking_numbers'), CAST({at} AS DOUBLE))"
        return f"list_contains(getvariable('marking_texts'), {at})"
