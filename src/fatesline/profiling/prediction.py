"""How well one column alone tells the target, or a protected attribute: leaks and stand-ins."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fatesline.profiling.table import Table

#: Numbers are cut at so many quantiles.
BINS = 50
#: Columns with more different texts are not looked at: each value would tell its own row.
MOST_VALUES = 1000


#: Fewer rows have a rate by chance.
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Telling:
    """How much one column alone tells of the outcome.

    Parameters
    ----------
    area : float
        Area under the ROC curve when rows are ranked by the rate of their value; from 0 to 1, 0.5 is chance.
    presence : float
        Difference between the rates of rows with and without a value; 0 where one side has fewer than ``FEWEST`` rows.
    """

    area: float
    presence: float


def alone(table: Table, column: str, target: str, favourable: str, *, numeric: bool) -> Telling | None:
    """What one column alone tells of the outcome; missing is a value of its own.

    Parameters
    ----------
    table : Table
    column, target : str
    favourable : str
        The label that counts as 1.
    numeric : bool
        Numbers with more than ``BINS`` different values are binned.

    Returns
    -------
    Telling or None
        None where too few rows or too many values leave nothing to measure.

    Notes
    -----
    Rates are taken from one half of the rows and ranked on the other, both ways round, so that rare values do not
    tell their own outcome. The halves are drawn by a multiplicative hash of the row number: the same file always gives
    the same halves, and neighbouring rows are not always parted.
    """
    y, bucket = table.sql(target), _bucket(table, column, numeric)
    rows = table.asked(
        f"WITH b AS (SELECT {bucket} AS v, {y} = $1 AS y, ((rowid * 2654435761) // 65536) % 2 AS half FROM cells "
        f"WHERE {y} IS NOT NULL) "
        "SELECT v, half, count(*), count(*) FILTER (y) FROM b GROUP BY v, half ORDER BY v, half",
        favourable,
    )
    if len(rows) > 2 * MOST_VALUES:
        return None
    areas = [_area(rows, learn) for learn in (0, 1)]
    known = [area for area in areas if area is not None]
    if not known:
        return None
    absent, absent_good = _summed([row for row in rows if row[0] is None])
    present, present_good = _summed([row for row in rows if row[0] is not None])
    presence = 0.0
    if min(absent, present) >= FEWEST:
        presence = abs(present_good / present - absent_good / absent)
    return Telling(sum(known) / len(known), presence)


def _summed(rows: list[tuple[object, int, int, int]]) -> tuple[int, int]:
    return sum(count for _, _, count, _ in rows), sum(good for *_, good in rows)


def association(table: Table, column: str, other: str, *, numeric: bool, other_numeric: bool) -> float | None:
    """Cramér's V between two columns, corrected for chance.

    Returns
    -------
    float or None
        From 0 to 1; None where one side has a single value or too many.

    Notes
    -----
    Bergsma (2013), doi 10.1016/j.jkss.2012.10.002: phi² less (r-1)(c-1)/(n-1), divided by the corrected smaller side.
    """
    left, right = _bucket(table, column, numeric), _bucket(table, other, other_numeric)
    cells = table.asked(
        f"WITH b AS (SELECT {left} AS a, {right} AS b FROM cells) "
        "SELECT a, b, count(*) FROM b WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b ORDER BY a, b"
    )
    by_row: dict[object, int] = {}
    by_column: dict[object, int] = {}
    for a, b, count in cells:
        by_row[a] = by_row.get(a, 0) + count
        by_column[b] = by_column.get(b, 0) + count
    total = sum(by_row.values())
    height, width = len(by_row), len(by_column)
    if min(height, width) < 2 or max(height, width) > MOST_VALUES or total < 2:
        return None
    phi = sum(count * count / (by_row[a] * by_column[b]) for a, b, count in cells) - 1
    corrected = max(0.0, phi - (height - 1) * (width - 1) / (total - 1))
    side = min(size - (size - 1) ** 2 / (total - 1) for size in (height, width)) - 1
    return min(1.0, math.sqrt(corrected / side)) if side > 0 else None


def _bucket(table: Table, column: str, numeric: bool) -> str:
    at = table.sql(column)
    if not numeric:
        return at
    number = f"try_cast(trim({at}) AS DOUBLE)"
    distinct = table.asked(f"SELECT count(DISTINCT {at}) FROM cells")[0][0]
    if distinct <= BINS:
        return number
    # Ties share a bin; the missing stay missing.
    return f"CASE WHEN {at} IS NOT NULL THEN ((rank() OVER (ORDER BY {number}) - 1) * {BINS}) // (count(*) OVER ()) END"


def _area(rows: list[tuple[object, int, int, int]], learn: int) -> float | None:
    learned = {value: (count, good) for value, half, count, good in rows if half == learn}
    total = sum(count for count, _ in learned.values())
    if not total:
        return None
    prior = sum(good for _, good in learned.values()) / total
    ranked: dict[float, list[int]] = {}
    for value, half, count, good in rows:
        if half != learn:
            seen, favourable = learned.get(value, (0, 0))
            # One pseudo-row at the overall rate: values seen once are not certain.
            cell = ranked.setdefault((favourable + prior) / (seen + 1), [0, 0])
            cell[0] += good
            cell[1] += count - good
    goods = sum(good for good, _ in ranked.values())
    bads = sum(bad for _, bad in ranked.values())
    if not goods or not bads:
        return None
    area, bads_below = 0.0, 0
    for rate in sorted(ranked):
        good, bad = ranked[rate]
        area += good * (bads_below + bad / 2)
        bads_below += bad
    return area / (goods * bads)
