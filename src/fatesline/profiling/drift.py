"""Two tables of the same shape: which columns have changed from one to the other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatesline.profiling.columns import Column, measured
from fatesline.profiling.facts import Fact, Standing
from fatesline.profiling.markers import missing_markers
from fatesline.profiling.rates import FEWEST, Rate, difference, wilson
from fatesline.profiling.sources import Source, opened
from fatesline.profiling.table import Table

#: Population stability index from which a column counts as drifted; from 0.1 on somebody may look. Both are the usual
#: rules of credit scoring (Siddiqi, Credit Risk Scorecards, 2006).
DRIFT = 0.2
#: Bins of numbers: tenths of the reference.
BINS = 10
#: Change of the share of missing values, if its interval excludes 0 as well.
MISSING = 0.05


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed from a reference table to a current one; no value of either.

    Parameters
    ----------
    reference, current : str
        Names of the files.
    rows : tuple of (int, int)
        Of both.
    indices : mapping of str to float
        Population stability index of each column that both have and that holds numbers or categories.
    facts : tuple of Fact
        What drifted, what is no longer there, what is new; undecided where chance alone could make the index so large.
    """

    reference: str
    current: str
    rows: tuple[int, int]
    indices: Mapping[str, float]
    facts: tuple[Fact, ...]

    @property
    def drifted(self) -> tuple[str, ...]:
        """The columns that drifted."""
        return tuple(fact.columns[0] for fact in self.facts if fact.kind == "column-drift" and fact.holds)


def drift(reference: Source, current: Source) -> Drift:
    """Compare two tables column by column.

    Parameters
    ----------
    reference, current : path, str or frame
        `profiling.profile` says what can be read.

    Raises
    ------
    UserError
        If either is no table.
    """
    with opened(reference) as before, opened(current) as now:
        texts = tuple(dict.fromkeys((*missing_markers(before).texts, *missing_markers(now).texts)))
        before.forget(texts)
        now.forget(texts)
        facts: list[Fact] = []
        for change, gone, there in (("removed", before, now), ("added", now, before)):
            different = tuple(name for name in gone.names if name not in there.names)
            if different:
                facts.append(Fact("columns-changed", different, len(different), 0, more=(("change", change),)))
        indices = {}
        for name in before.names:
            if name in now.names:
                column, _ = measured(before, name)
                facts += _missing(before, now, name)
                if column.use != "dropped":
                    counts = _counts(before, now, column)
                    indices[name] = stability_index(*counts)
                    facts += _drifted(name, indices[name], counts, (before.rows, now.rows))
                    facts += _new_values(now, column)
        return Drift(before.file, now.file, (before.rows, now.rows), indices, tuple(facts))


def stability_index(before: Sequence[int], now: Sequence[int]) -> float:
    """Population stability index of two counts over the same bins; 0 where their shares are equal.

    Notes
    -----
    The sum over the bins of (q - p) ln(q / p), with the shares p before and q now. An empty bin is given half a row, so
    that it does not make the index infinite.
    """
    if len(before) != len(now):
        raise ValueError("both counts need the same bins")
    totals = sum(before), sum(now)
    if not all(totals):
        raise ValueError("both counts need rows")
    index = 0.0
    for first, second in zip(before, now, strict=True):
        if first or second:
            p, q = max(first, 0.5) / totals[0], max(second, 0.5) / totals[1]
            index += (q - p) * math.log(q / p)
    return index


def index_by_chance(bins: int, before: int, now: int) -> float:
    """What the index stays below in 95 of 100 cases if nothing changed.

    Notes
    -----
    The index is then distributed like (1/before + 1/now) times a chi-squared variable with bins - 1 degrees of freedom
    (Yurdakul and Naranjo, 2020, doi 10.21314/JRMV.2020.227). Its quantile is that of Wilson and Hilferty (1931).
    """
    degrees = bins - 1
    if degrees < 1:
        return 0.0
    part = 2 / (9 * degrees)
    quantile = degrees * (1 - part + 1.6448536269514722 * math.sqrt(part)) ** 3
    return quantile * (1 / before + 1 / now)


def _counts(before: Table, now: Table, column: Column) -> tuple[list[int], list[int]]:
    """Rows by bin in both tables; those without a value, or with one that is new, are the last bins."""
    if column.use == "numeric":
        number = before.number(column.name)
        tenths = ", ".join(str(step / BINS) for step in range(1, BINS))
        cuts = before.asked(f"SELECT quantile_disc({number}, [{tenths}]) FROM sampled WHERE {number} IS NOT NULL")[0][0]
        return _by_range(before, column.name, cuts), _by_range(now, column.name, cuts)
    levels = [level for level, _ in column.levels]
    return _by_level(before, column.name, levels), _by_level(now, column.name, levels)


def _by_range(table: Table, name: str, cuts: Sequence[float]) -> list[int]:
    number, edges = table.number(name), sorted(set(cuts))
    parts = [f"count(CASE WHEN {number} <= ${position} THEN 1 END)" for position in range(1, len(edges) + 1)]
    row = table.asked(f"SELECT {', '.join(parts)}, count({number}) FROM cells", *edges)[0]
    bins = [second - first for first, second in itertools.pairwise([0, *row])]
    return [*bins, table.rows - row[-1]]


def _by_level(table: Table, name: str, levels: Sequence[str]) -> list[int]:
    found = dict(table.asked(f"SELECT v, n FROM {table.values(name)} WHERE list_contains($1, v)", list(levels)))
    counts = [int(found.get(level, 0)) for level in levels]
    known = table.known(name)
    return [*counts, known - sum(counts), table.rows - known]


def _drifted(name: str, index: float, counts: tuple[Sequence[int], Sequence[int]], rows: tuple[int, int]) -> list[Fact]:
    bins = sum(bool(first or second) for first, second in zip(*counts, strict=True))
    chance = index_by_chance(bins, *rows)
    holds = index >= max(DRIFT, chance)
    undecided = not holds and chance >= DRIFT
    more = (("chance", round(chance, 6)), ("bins", bins))
    standing: Standing = "undecided" if undecided else "measured"
    return [Fact("column-drift", (name,), index, DRIFT, holds, (), more, standing)]


def _missing(before: Table, now: Table, name: str) -> list[Fact]:
    known = []
    for table in (before, now):
        missing = table.rows - table.known(name)
        known.append(Rate("", table.rows, missing / table.rows, *wilson(missing, table.rows)))
    gap, low, _ = difference(*sorted(known, key=lambda rate: -rate.value))
    if gap < MISSING or low <= 0 or min(rate.count for rate in known) < FEWEST:
        return []
    more = (("before", round(known[0].value, 6)), ("now", round(known[1].value, 6)))
    return [Fact("missing-drift", (name,), gap, MISSING, more=more)]


def _new_values(now: Table, column: Column) -> list[Fact]:
    """Values that a model trained on the reference does not know: new categories, and text among numbers."""
    relation = now.values(column.name)
    # Where not every value is counted, these are the values of the sample.
    among = now.rows if now.is_counted(column.name) else now.sampled_rows
    if column.use == "numeric":
        values, rows = now.asked(f"SELECT count(*), coalesce(sum(n), 0) FROM {relation} WHERE x IS NULL")[0]
    else:
        values, rows = now.asked(
            f"SELECT count(*), coalesce(sum(n), 0) FROM {relation} WHERE NOT list_contains($1, v)",
            [level for level, _ in column.levels],
        )[0]
    return [Fact("new-values", (column.name,), float(rows / among), 0, more=(("values", values),))] if rows else []
