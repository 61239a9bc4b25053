"""How well one column alone tells the target, or a protected attribute: leaks and stand-ins."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatesline.profiling.rates import FEWEST, wilson
from fatesline.profiling.table import Table

#: Numbers are cut at so many quantiles.
BINS = 50
#: Columns with more different texts are not looked at: each value would tell its own row.
MOST_VALUES = 1000

# A multiplicative hash of the row number parts the rows in halves.
_HALF = "((row % 4294967296 * 2654435761) // 65536) % 2"


@dataclass(frozen=True, slots=True)
class Telling:
    """How much one column alone tells of the outcome.

    Parameters
    ----------
    area : float
        Area under the ROC curve when rows are ranked by the rate of their value; from 0 to 1, 0.5 is chance. For a
        number: the part of its variance that the means of the values explain; from 0 to 1, 0 is chance.
    presence : float
        Difference between the rates (for a number: means, in standard deviations) of rows with and without a value; 0
        where one side has fewer than ``FEWEST`` rows.
    surest : float
        Of all values with at least ``FEWEST`` rows, the largest lower end of the interval of the rarer outcome's rate.
    rare : float
        Rate of the rarer outcome overall.
    """

    area: float
    presence: float
    surest: float = 0.0
    rare: float = 0.5


def alone(table: Table, columns: Sequence[str], target: str, favourable: str) -> dict[str, Telling | None]:
    """What each column alone tells of the outcome; missing is a value of its own.

    Parameters
    ----------
    table : Table
    columns : sequence of str
        As `coded` has them.
    target : str
    favourable : str
        The label that counts as 1.

    Returns
    -------
    mapping of str to Telling or None
        None where too few rows or too many values leave nothing to measure.

    Notes
    -----
    Rates are taken from one half of the rows and ranked on the other, both ways round, so that rare values do not
    tell their own outcome. The halves are drawn by a multiplicative hash of the row number: the same file always gives
    the same halves, and neighbouring rows are not always parted.
    """
    y = table.sql(target)
    answers = table.coded(
        columns, f"{y} = $1 AS y, {_HALF} AS half", "code, half, count(*), count(*) FILTER (y)", favourable,
        source=f"sampled WHERE {y} IS NOT NULL",
    )  # fmt: skip
    return {name: _telling(rows) for name, rows in answers}


def coded(table: Table, columns: Mapping[str, bool]) -> tuple[str, ...]:
    """Prepare columns for `alone` and `association`; those that have not too many values.

    Parameters
    ----------
    table : Table
    columns : mapping of str to bool
        True for numbers, of which those with more than ``BINS`` different values are binned.
    """
    return table.code(columns, BINS, 2 * MOST_VALUES)


def _telling(rows: list[tuple[object, int, int, int]]) -> Telling | None:
    """From value, half, rows and favourable rows."""
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
    return Telling(sum(known) / len(known), presence, *_surest(rows))


def alone_of_classes(
    table: Table, columns: Sequence[str], target: str, labels: Sequence[str]
) -> dict[str, Telling | None]:
    """As `alone`, for more than two labels: the mean over the labels, each against all others.

    A column must tell every label to be taken for a leak; presence is that of the label it changes most.
    """
    y = table.sql(target)
    answers = table.coded(
        columns, f"{y} AS y, {_HALF} AS half", "code, half, y, count(*)", source=f"sampled WHERE {y} IS NOT NULL"
    )
    return {name: _of_classes(rows, labels) for name, rows in answers}


def _of_classes(rows: list[tuple[object, int, str, int]], labels: Sequence[str]) -> Telling | None:
    totals: dict[tuple[object, int], int] = {}
    for v, half, _, count in rows:
        totals[v, half] = totals.get((v, half), 0) + count
    if len(totals) > 2 * MOST_VALUES:
        return None
    told = []
    for label in labels:
        good = {(v, half): count for v, half, one, count in rows if one == label}
        found = _telling([(v, half, count, good.get((v, half), 0)) for (v, half), count in totals.items()])
        if found is not None:
            told.append(found)
    if not told:
        return None
    return Telling(sum(one.area for one in told) / len(told), max(one.presence for one in told))


def alone_of_number(table: Table, columns: Sequence[str], target: str) -> dict[str, Telling | None]:
    """What each column alone tells of a number: the part of its variance explained on rows not learned from."""
    y = table.number(target)
    answers = table.coded(
        columns, f"{y} AS y, {_HALF} AS half", "code, half, count(*), sum(y), sum(y * y)",
        source=f"sampled WHERE {y} IS NOT NULL",
    )  # fmt: skip
    return {name: _of_number(rows) for name, rows in answers}


def _of_number(rows: list[tuple[object, int, int, float, float]]) -> Telling | None:
    if not rows or len(rows) > 2 * MOST_VALUES:
        return None
    parts = [_explained(rows, learn) for learn in (0, 1)]
    known = [part for part in parts if part is not None]
    if not known:
        return None
    absent = [row for row in rows if row[0] is None]
    count, total, squares = _moments(rows)
    spread = math.sqrt(max(0.0, squares / count - (total / count) ** 2))
    presence = 0.0
    without, total_without, _ = _moments(absent)
    if min(without, count - without) >= FEWEST and spread:
        presence = abs(total_without / without - (total - total_without) / (count - without)) / spread
    return Telling(sum(known) / len(known), presence)


def _explained(rows: list[tuple[object, int, int, float, float]], learn: int) -> float | None:
    learned = {v: (count, total) for v, half, count, total, _ in rows if half == learn}
    judged = [row for row in rows if row[1] != learn]
    if not learned or not judged:
        return None
    mean = sum(total for _, total in learned.values()) / sum(count for count, _ in learned.values())
    left = 0.0
    for v, _, count, total, squares in judged:
        seen, of_value = learned.get(v, (0, 0.0))
        # One pseudo-row at the overall mean, as for rates.
        expected = (of_value + mean) / (seen + 1)
        left += squares - 2 * expected * total + count * expected**2
    count, total, squares = _moments(judged)
    around_mean = squares - total**2 / count
    return max(0.0, 1 - left / around_mean) if around_mean > 1e-12 * squares else None


def _moments(rows: list[tuple[object, int, int, float, float]]) -> tuple[int, float, float]:
    """How many rows, their sum, and the sum of their squares."""
    return sum(row[2] for row in rows), sum(row[3] for row in rows), sum(row[4] for row in rows)


def _surest(rows: list[tuple[object, int, int, int]]) -> tuple[float, float]:
    """How certain the rarer outcome is after the value that makes it most certain, and its rate overall."""
    count, good = _summed(rows)
    by_value: dict[object, tuple[int, int]] = {}
    for v, _, some, goods in rows:
        if v is not None:
            seen, before = by_value.get(v, (0, 0))
            by_value[v] = (seen + some, before + goods)
    rarer_is_good = 2 * good <= count
    lowest = [wilson(goods if rarer_is_good else n - goods, n)[0] for n, goods in by_value.values() if n >= FEWEST]
    return max(lowest, default=0.0), min(good, count - good) / count


def _summed(rows: list[tuple[object, int, int, int]]) -> tuple[int, int]:
    return sum(count for _, _, count, _ in rows), sum(good for *_, good in rows)


def association(table: Table, columns: Sequence[str], other: str) -> dict[str, float | None]:
    """Cramér's V between each column and another one, corrected for chance.

    Parameters
    ----------
    table : Table
    columns : sequence of str
    other : str
        As `coded` has them.

    Returns
    -------
    mapping of str to float or None
        From 0 to 1; None where one side has a single value or too many.

    Notes
    -----
    Bergsma (2013), doi 10.1016/j.jkss.2012.10.002: phi² less (r-1)(c-1)/(n-1), divided by the corrected smaller side.
    """
    place = table.place(other)
    answers = table.coded(
        columns, "beside.code AS other", "code, other, count(*)",
        source=f"sampled JOIN codes AS beside ON beside.col = {place} AND beside.v = sampled.c{place}",
    )  # fmt: skip
    return {name: _cramers_v([row for row in rows if row[0] is not None]) for name, rows in answers}


def _cramers_v(cells: list[tuple[int, int, int]]) -> float | None:
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
