"""Rows and the people they are about: persons who occur several times, and persons who can be singled out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fatesline.profiling import names
from fatesline.profiling.columns import Column
from fatesline.profiling.facts import Fact
from fatesline.profiling.table import Table

#: Rows that share their quasi-identifiers with fewer than this many rows can be singled out.
SMALLEST_CLASS = 5
#: Quasi-identifiers proposed at once.
MOST_QUASI_IDENTIFIERS = 6
#: Rows per person from which a column does not number persons: it names clerks, branches or shops.
MOST_ROWS_OF_A_PERSON = 100


def repeated_persons(table: Table, columns: Sequence[Column]) -> tuple[str | None, list[Fact]]:
    """The column that names a person who occurs several times, and how many rows that concerns."""
    for column in columns:
        known = table.rows - column.missing
        repeats = 1 < column.distinct < known and column.distinct * MOST_ROWS_OF_A_PERSON >= known
        if names.names_person(column.name) and repeats:
            more = (("rows", known), ("persons", column.distinct))
            return column.name, [Fact("repeated-persons", (column.name,), known - column.distinct, 0, more=more)]
    return None, []


def quasi_identifiers(columns: Sequence[Column], protected: Collection[str]) -> tuple[str, ...]:
    """Columns that somebody who knows the person knows too: protected ones, place, occupation, family."""
    found = [column.name for column in columns if column.name in protected and column.use != "dropped"]
    for column in columns:
        words = set(names.words(column.name))
        ground = names.protected_attribute(column.name)
        known_outside = bool(words & names.QUASI_IDENTIFIERS) or ground in ("sex", "age", "origin", "nationality")
        if known_outside and column.use != "dropped" and column.name not in found:
            found.append(column.name)
    return tuple(found[:MOST_QUASI_IDENTIFIERS])


def singled_out(table: Table, quasi: Sequence[str]) -> list[Fact]:
    """The smallest group of rows alike in the quasi-identifiers (the k of k-anonymity), and the rows in small ones."""
    if not quasi:
        return []
    grouped = ", ".join(table.key(name) for name in quasi)
    smallest, rare, alone = table.asked(
        "SELECT min(n), sum(n) FILTER (n < $1), count(*) FILTER (n = 1) "
        f"FROM (SELECT count(*) AS n FROM cells GROUP BY {grouped}) AS g",
        SMALLEST_CLASS,
    )[0]
    more = (("share", round((rare or 0) / table.rows, 6)), ("unique", alone))
    holds = smallest < SMALLEST_CLASS
    return [Fact("singled-out-records", tuple(quasi), smallest, SMALLEST_CLASS, holds, ("singled_out_records",), more)]
