"""The table as a whole: repeated rows, gaps, far values, columns that say the same, the order of the rows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fatesline.profiling.columns import Column
from fatesline.profiling.facts import Fact
from fatesline.profiling.table import Table
from fatesline.profiling.targets import Target

#: Share of values beyond three interquartile ranges from the quartiles.
OUTLYING = 0.01
#: Correlation between a column and the place of its rows from which the rows count as ordered: a small effect in
#: Cohen's sense, and four standard errors from none.
IN_ORDER = 0.1
STANDARD_ERRORS = 4
#: Columns whose quartiles are asked for in one query.
AT_ONCE = 50
#: Rows that must tell two columns apart from a coincidence.
ENOUGH = 30


def duplicates(table: Table) -> list[Fact]:
    """Rows that repeat another one."""
    repeated = table.repeated()
    if not repeated:
        return []
    return [Fact("duplicate-rows", (), repeated, 0, more=(("rows", table.rows),))]


def missing(table: Table, columns: Sequence[Column]) -> list[Fact]:
    """Cells without a value, in the columns that stay."""
    kept = [column for column in columns if column.use != "dropped"]
    gaps = [column for column in kept if column.missing]
    if not gaps:
        return []
    cells = sum(column.missing for column in gaps)
    share = cells / (table.rows * len(kept))
    named = tuple(column.name for column in gaps)
    return [Fact("missing-values", named, share, 0, True, ("missing_values",), (("cells", cells),))]


def blanks(table: Table, columns: Sequence[Column], target: str) -> list[Fact]:
    """Columns whose values begin or end with blanks; one fact for all."""
    at = table.sql(target)
    of_target = table.asked(f"SELECT count(*) FROM cells WHERE {at} <> trim({at})")[0][0]
    counts = {column.name: column.blanks for column in columns if column.blanks}
    if of_target:
        counts[target] = of_target
    if not counts:
        return []
    named = tuple(name for name in table.names if name in counts)
    return [Fact("stray-blanks", named, max(counts.values()) / table.rows, 0)]


def outlying(table: Table, columns: Sequence[Column]) -> list[Fact]:
    """Numbers beyond three interquartile ranges, in columns where that is more than a few."""
    numeric = [column.name for column in columns if column.use == "numeric"]
    shares: dict[str, float] = {}
    for first in range(0, len(numeric), AT_ONCE):
        shares |= _outlying(table, numeric[first : first + AT_ONCE])
    far = {name: share for name, share in shares.items() if share >= OUTLYING}
    if not far:
        return []
    return [Fact("outlying-values", tuple(far), max(far.values()), OUTLYING, True, ("outlying_values",))]


def _outlying(table: Table, columns: Sequence[str]) -> dict[str, float]:
    """Share of values beyond three interquartile ranges, where not half the values are equal."""
    numbers = {name: table.number(name) for name in columns}
    quartiles = ", ".join(f"quantile_disc({number}, [0.25, 0.75])" for number in numbers.values())
    fences: dict[str, tuple[float, float]] = {}
    for name, (first, third) in zip(columns, table.asked(f"SELECT {quartiles} FROM sampled")[0], strict=True):
        if reach := 3 * (third - first):
            fences[name] = first - reach, third + reach
    if not fences:
        return {}
    beyond = ", ".join(
        f"count(CASE WHEN {numbers[name]} < ${2 * place + 1} OR {numbers[name]} > ${2 * place + 2} THEN 1 END)"
        for place, name in enumerate(fences)
    )
    counts = table.asked(f"SELECT {beyond} FROM sampled", *(edge for edges in fences.values() for edge in edges))[0]
    return {name: float(count / table.sampled_rows) for name, count in zip(fences, counts, strict=True)}


def same_information(table: Table, columns: Sequence[Column]) -> list[Fact]:
    """Columns that determine each other: every value of one occurs with one value of the other only.

    Only columns whose values are equally many and equally frequent can, so few pairs are asked for. All values but the
    most frequent must have ``ENOUGH`` rows together: two flags set in the same few rows need not mean the same.
    """
    alike: dict[tuple[int, int, float], list[Column]] = {}
    for column in columns:
        known = table.rows - column.missing
        repeats = (
            column.distinct > 1 and column.distinct * 2 <= known and _beside_the_most_frequent(column, known) >= ENOUGH
        )
        if column.reason not in ("personal", "constant", "empty") and repeats:
            alike.setdefault((column.distinct, column.missing, column.crowding), []).append(column)
    facts = []
    for group in alike.values():
        classes: list[list[Column]] = []
        for column in group:
            for same in classes:
                if _one_to_one(table, same[0], column):
                    same.append(column)
                    break
            else:
                classes.append([column])
        for same in classes:
            if len(same) > 1:
                facts.append(Fact("same-information", tuple(column.name for column in same), same[0].distinct))
    return facts


def _beside_the_most_frequent(column: Column, known: int) -> float:
    """At least how many rows have another value than the most frequent one: from the sum of the squared counts.

    The largest count is at most the root of that sum.
    """
    return known - math.sqrt(column.crowding)


def _one_to_one(table: Table, left: Column, right: Column) -> bool:
    pairs = table.asked(
        f"SELECT count(*) FROM (SELECT DISTINCT {table.key(left.name)}, {table.key(right.name)} FROM cells "
        f"WHERE {table.key(left.name)} IS NOT NULL OR {table.key(right.name)} IS NOT NULL) AS d"
    )[0][0]
    return bool(pairs == left.distinct)


def order(table: Table, columns: Sequence[Column], target: Target) -> list[Fact]:
    """Columns, the target among them, that rise or fall along the rows.

    Rows in the order of time, or sorted by outcome, make the last part of the file another population than the first.
    """
    parts = {column.name: table.number(column.name) for column in columns if column.use == "numeric"}
    for column in columns:
        if column.reason == "date":
            # Only dates that begin with the year are read; of others the order of day and month is unknown.
            parts[column.name] = f"epoch(try_cast(trim({table.sql(column.name)}) AS TIMESTAMP))"
    at = table.sql(target.name)
    bound: list[object] = []
    if target.task == "numeric":
        parts[target.name] = table.number(target.name)
    elif target.labels:
        bound = [list(target.favourable_labels) or [target.labels[0][0]]]
        parts[target.name] = f"list_contains($1, {at})::INTEGER"
    if not parts or table.rows < 3:
        return []
    asked = ", ".join(f"corr(row, {part}), count({part})" for part in parts.values())
    found = table.asked(f"SELECT {asked} FROM sampled", *bound)[0]
    strengths = {}
    for position, name in enumerate(parts):
        strength, known = found[2 * position], found[2 * position + 1]
        if strength is None or math.isnan(strength) or known < 3:
            continue
        if abs(strength) >= max(IN_ORDER, STANDARD_ERRORS / math.sqrt(known)):
            strengths[name] = float(strength)
    if not strengths:
        return []
    named = tuple(sorted(strengths, key=lambda name: (-abs(strengths[name]), name)))
    more = (("target", int(target.name in strengths)),)
    return [Fact("ordered-rows", named, abs(strengths[named[0]]), IN_ORDER, more=more)]


def time(columns: Sequence[Column], ordered: Sequence[Fact]) -> list[Fact]:
    """The column of dates that may say when a row came about: the only one, or the only one that the rows follow."""
    dates = [column.name for column in columns if column.reason == "date"]
    followed = [name for fact in ordered for name in fact.columns if name in dates]
    for found in (dates, followed):
        if len(found) == 1:
            return [Fact("time-column", (found[0],), 1, standing="suggested")]
    return []
