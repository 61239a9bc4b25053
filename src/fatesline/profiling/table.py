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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

#: Tables with more rows are measured in part where a measure is more than a count: quantiles, ranks, patterns.
SAMPLED_ROWS = 250_000
#: The values of a column are counted one by one up to so many different ones.
COUNTED_VALUES = 100_000

#: Whole numbers between a smallest and a largest one so far apart are told apart by a bit each, 8 MB together.
MOST_BITS = 1 << 26
#: Columns that are counted in one query.
COUNTED_AT_ONCE = 500
#: Cells that are put one below the other in one query, whatever their columns.
CELLS_AT_ONCE = 1_000_000
#: Values of a column that are listed for all columns at once, if there are no more.
MOST_LISTED = 100
#: Columns whose texts are drawn at once.
DRAWN_AT_ONCE = 50

Kind = Literal["text", "number", "other"]

_IS_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*\Z")
_EVERY_ROW = re.compile(r"\bcells\b")
_WHOLE_TYPES = re.compile(r"U?(TINY|SMALL|BIG)INT|U?INTEGER")
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
    inner : str
        Table of a database, or sheet of a workbook.
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
    inner: str = ""
    sampled_rows: int = 0
    _number_of: dict[str, int] = field(default_factory=dict)
    _answers: dict[str, dict[int, list[tuple[Any, ...]]]] = field(default_factory=dict)
    _drawn: dict[int, list[str]] = field(default_factory=dict)
    _has_counted: bool = False
    _known: dict[int, int] = field(default_factory=dict)
    _ranges: dict[int, tuple[int, float | None, float | None]] = field(default_factory=dict)
    _different: dict[int, int] = field(default_factory=dict)
    _codings: dict[str, tuple[bool, int, int]] = field(default_factory=dict)

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
            if self._is_whole:
                self._different[number] = int(self.of_values(column, "count(*)")[0])
            else:
                counted = self._bits(column)
                if counted is None:
                    counted = self.asked(f"SELECT count(DISTINCT {self.key(column)}) FROM cells")[0][0]
                self._different[number] = int(counted)
        return self._different[number]

    def _bits(self, column: str) -> int | None:
        """Different whole numbers, by a bit for each: a tenth of the time of sorting them out; None for other cells."""
        at, type_ = self.key(column), self.types[self._number_of[column]]
        if self.engine is not None or not _WHOLE_TYPES.fullmatch(type_):
            return None
        low, high = self.asked(f"SELECT min({at}), max({at}) FROM cells")[0]
        if low is None or high - low >= MOST_BITS:
            return None
        bits = f"bitstring_agg({at}, $1::{type_}, $2::{type_})"
        return int(self.asked(f"SELECT bit_count({bits}) FROM cells", low, high)[0][0])

    def range(self, column: str) -> tuple[int, float | None, float | None]:
        """How many cells are numbers, and the smallest and largest of them."""
        place = self._number_of[column]
        if place not in self._ranges:
            wanted = "CAST(coalesce(sum(CASE WHEN x IS NOT NULL THEN n END), 0) AS BIGINT), min(x), max(x)"
            if self.is_counted(column):
                self._ranges[place] = self.of_values(column, wanted)
            else:
                relation = f"(SELECT {self.number(column)} AS x, 1 AS n FROM cells) AS g"
                self._ranges[place] = self.asked(f"SELECT {wanted} FROM {relation}")[0]
        return self._ranges[place]

    @property
    def _is_whole(self) -> bool:
        """True if ``sampled`` has every row."""
        return self.engine is None and self.rows <= SAMPLED_ROWS

    def is_counted(self, column: str) -> bool:
        """True if `values` holds every value; False if it holds those of ``sampled`` only."""
        return self.rows <= SAMPLED_ROWS or self.distinct(column) <= COUNTED_VALUES

    def values(self, column: str) -> str:
        """A relation of the column's values: text ``v``, number ``x`` or NULL, and in how many rows, ``n``."""
        self._count()
        return f"(SELECT v, x, n FROM counted WHERE col = {self._number_of[column]}) AS g"

    def of_values(self, column: str, wanted: str, *bound: object, where: str = "true") -> tuple[Any, ...]:
        """Aggregates over `values`, asked for all columns at once: a query takes longer than its rows."""
        self._count()
        asked = f"SELECT {wanted}, col FROM (FROM counted WHERE {where}) GROUP BY col"
        answers = self._of_each(asked, bound)
        number = self._number_of[column]
        if number not in answers:
            nothing = f"SELECT {wanted} FROM (FROM counted WHERE {where}) WHERE col < 0"
            answers[number] = self.asked(nothing, *bound)
        return answers[number][0]

    def listed(self, column: str, where: str, order: str, *bound: object) -> list[tuple[str, int]]:
        """Some of `values`, text and number of rows, asked for all columns at once."""
        self._count()
        answers = self._of_each(f"SELECT v, n, col FROM counted WHERE {where} ORDER BY col, {order}", bound)
        return [(v, n) for v, n in answers.get(self._number_of[column], [])]

    def levels(self, column: str) -> list[tuple[str, int]]:
        """All of `values`, text and number of rows, the most frequent first."""
        if self.distinct(column) <= MOST_LISTED:
            few = f"col IN (SELECT col FROM counted GROUP BY col HAVING count(*) <= {MOST_LISTED})"
            return self.listed(column, few, "n DESC, v")
        return self.asked(f"SELECT v, n FROM {self.values(column)} ORDER BY n DESC, v")

    def drawn(self, column: str, most: int) -> list[str]:
        """At most so many texts of a column, always the same ones."""
        number = self._number_of[column]
        if number not in self._drawn:
            self._count()
            # A few columns at once, and only these are kept: it is the texts themselves.
            last = number + DRAWN_AT_ONCE if self._is_whole else number + 1
            rows = self.asked(
                "SELECT col, v FROM counted WHERE col >= $1 AND col < $2 "
                "QUALIFY row_number() OVER (PARTITION BY col ORDER BY hash(v), v) <= $3 ORDER BY col, hash(v), v",
                number, last, most,
            )  # fmt: skip
            self._drawn = {one: [] for one in range(number, last)}
            for one, text in rows:
                self._drawn[one].append(text)
        return self._drawn[number]

    def code(self, columns: Mapping[str, bool], bins: int, most: int) -> tuple[str, ...]:
        """The relation ``codes`` of columns, values and small numbers that stand for them; the columns it has.

        Parameters
        ----------
        columns : mapping of str to bool
            True for numbers, of which those with more than ``bins`` values are cut in so many equal parts; ties share
            one.
        bins, most : int
            Of other columns, those with more than ``most`` values are left out.
        """
        self._count()
        binned: list[str] = []
        numbers: list[str] = []
        texts: list[str] = []
        kept = tuple(name for name, numeric in columns.items() if numeric or self.distinct(name) <= most)
        for name in kept:
            coding = (columns[name], bins, most)
            if self._codings.get(name) != coding:
                self._codings[name] = coding
                (texts if not columns[name] else binned if self.distinct(name) > bins else numbers).append(name)
        parts = (
            (binned, "(sum(n) OVER (PARTITION BY col ORDER BY x RANGE UNBOUNDED PRECEDING) "
                     f"- sum(n) OVER (PARTITION BY col, x)) * {bins} // sum(n) OVER (PARTITION BY col)"),
            (numbers, "dense_rank() OVER (PARTITION BY col ORDER BY x)"),
            (texts, "dense_rank() OVER (PARTITION BY col ORDER BY v)"),
        )  # fmt: skip
        self.connection.execute("CREATE TABLE IF NOT EXISTS codes (col INTEGER, v VARCHAR, code INTEGER)")
        for names, code in parts:
            if not names:
                continue
            places = [self._number_of[name] for name in names]
            self.connection.execute("DELETE FROM codes WHERE list_contains($1, col)", [places])
            self.connection.execute(
                f"INSERT INTO codes SELECT col, v, {code} FROM counted WHERE list_contains($1, col)", [places]
            )
        return kept

    def coded(
        self, columns: Sequence[str], beside: str, wanted: str, *bound: object, source: str = "sampled"
    ) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Each column's rows of an aggregate over ``sampled``, in batches of columns.

        Parameters
        ----------
        columns : sequence of str
            Of those that `code` has.
        beside : str
            What is taken from a row besides, as in ``c3 AS y``.
        wanted : str
            What is selected of it and of ``code``, grouped and sorted by what is no aggregate.
        *bound
            Values of ``beside`` and ``source``.
        source : str
            ``sampled``, perhaps joined or filtered.
        """
        at_once = max(1, CELLS_AT_ONCE // max(1, self.sampled_rows))
        for first in range(0, len(columns), at_once):
            names = columns[first : first + at_once]
            places = [self._number_of[name] for name in names]
            cells = ", ".join(f"sampled.c{place}" for place in places)
            rows = self.asked(
                f"SELECT one.col, {wanted} FROM (SELECT unnest([{cells}]) AS v, unnest({places}) AS col, {beside} "
                f"FROM {source}) AS one LEFT JOIN codes ON codes.col = one.col AND codes.v = one.v "
                "GROUP BY ALL ORDER BY ALL",
                *bound,
            )
            found: dict[int, list[tuple[Any, ...]]] = {place: [] for place in places}
            for place, *row in rows:
                found[place].append(tuple(row))
            yield from ((name, found[place]) for name, place in zip(names, places, strict=True))

    def place(self, column: str) -> int:
        """The number of a column, as in ``c3``."""
        return self._number_of[column]

    def _of_each(self, asked: str, bound: Sequence[object]) -> dict[int, list[tuple[Any, ...]]]:
        """The rows of an answer by their last cell, the number of the column; asked once."""
        key = repr((asked, bound))
        if key not in self._answers:
            answer: dict[int, list[tuple[Any, ...]]] = {}
            for *row, number in self.asked(asked, *bound):
                answer.setdefault(number, []).append(tuple(row))
            self._answers[key] = answer
        return self._answers[key]

    def _count(self) -> None:
        """The table ``counted``: the values of every column, once."""
        if self._has_counted:
            return
        self._has_counted = True
        self.connection.execute("CREATE TABLE counted (col INTEGER, v VARCHAR, x DOUBLE, n BIGINT)")
        if self._is_whole:
            at_once = max(1, CELLS_AT_ONCE // max(1, self.rows))
            for first in range(0, len(self.names), at_once):
                places = list(range(first, min(first + at_once, len(self.names))))
                cells = ", ".join(f"c{place}" for place in places)
                self.connection.execute(
                    "INSERT INTO counted SELECT col, v, try_cast(trim(v) AS DOUBLE), count(*) FROM "
                    f"(SELECT unnest([{cells}]) AS v, unnest({places}) AS col FROM sampled) WHERE v IS NOT NULL "
                    "GROUP BY col, v ORDER BY col"
                )
            return
        for name, number in self._number_of.items():
            at = f"c{number}"
            rows = "cells" if self.is_counted(name) else "sampled"
            text = (
                f"SELECT CAST(k AS VARCHAR) AS v, n FROM (SELECT {at} AS k, count(*) AS n FROM {rows} "
                f"WHERE {at} IS NOT NULL GROUP BY {at}) AS g"
            )
            put = f"INSERT INTO counted SELECT {number}, v, try_cast(trim(v) AS DOUBLE), n FROM"
            if self.engine is not None and rows == "cells":
                answer = self.engine.asked(text, ())
                self.connection.execute(
                    f"{put} (SELECT unnest($1::VARCHAR[]) AS v, unnest($2::BIGINT[]) AS n)",
                    [[v for v, _ in answer], [n for _, n in answer]],
                )
            else:
                self.connection.execute(f"{put} ({text})")

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
            self.connection.execute("DELETE FROM counted WHERE col = $1 AND list_contains($2, v)", [number, present])
        self._answers.clear()
        self._drawn.clear()
        self._codings.clear()
        self.connection.execute("DROP TABLE IF EXISTS codes")

    def _present(self, column: str, texts: Sequence[str]) -> list[str]:
        """Which of these texts stand in a column."""
        at, kind = self.key(column), self.kind(column)
        numbers = [text for text in texts if _IS_NUMBER.match(text)]
        if kind == "other" or (kind == "number" and not numbers):
            return []
        if self.is_counted(column):
            if kind == "number":
                present = self.listed(column, "list_contains($1::DOUBLE[], x)", "v", [float(text) for text in numbers])
            else:
                present = self.listed(column, "list_contains($1, v)", "v", list(texts))
            return [text for text, _ in present]
        if kind == "number":
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
