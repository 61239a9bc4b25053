"""Each column on its own: what is missing, what kind of values it has, whether it is of use to a model."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, replace
from typing import Literal

from fatesline.profiling import names, personal
from fatesline.profiling.days import reading
from fatesline.profiling.facts import Fact, Standing
from fatesline.profiling.markers import NUMBER
from fatesline.profiling.table import Table

Use = Literal["numeric", "categorical", "dropped"]
Reason = Literal[
    "personal", "identifier", "constant", "empty", "date", "text", "many values", "decimal comma", "leak", "split"
]

#: A categorical column with more values is dropped: one column each, or more than trees take (255), helps nobody.
MOST_LEVELS = 100
#: A protected column with so many numeric codes at most has groups, not quantities.
MOST_CODES = 10
#: Mean length, in characters, from which many-valued text is prose.
LONG_TEXT = 30
#: Values of a column that patterns of personal data are tried on.
SAMPLE = 1000
#: Share of cells without a value from which a column counts as sparse.
SPARSE = 0.5
#: Values of a category with fewer rows than this share are rare: they do not come up often enough to learn from.
RARE = 0.01
_LEADING_ZERO = r"\s*[-+]?0[0-9]+\s*"
_DATE = (
    r"\s*([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4})"
    r"([ T][0-9:.]+(Z|[+-][0-9:]+)?)?\s*"
)
_DECIMAL_COMMA = r"\s*[-+]?[0-9]+,[0-9]+\s*"


@dataclass(frozen=True, slots=True)
class Column:
    """What was measured on one column.

    Parameters
    ----------
    name : str
    use : {'numeric', 'categorical', 'dropped'}
        What is proposed to do with it.
    reason : str
        Why it is dropped; empty otherwise.
    missing, distinct : int
        Cells without a value, and different values.
    looks_numeric : bool
        True if every value is a number.
    low, high : float or None
        Smallest and largest number.
    levels : tuple of (str, int)
        Values as they stand in the file, and how often, the most frequent first; empty where there are more than
        ``MOST_LEVELS`` or where they look personal.
    whole : bool
        True if every value is a whole number.
    blanks : int
        Cells with blanks before or after the value.
    crowding : float
        Sum of the squared counts of the values; equal in columns that say the same.
    days : tuple of (str, date) or None
        Of a column of dates: how they are written, and the latest of them, if that can be told.
    """

    name: str
    use: Use
    reason: Reason | Literal[""]
    missing: int
    distinct: int
    looks_numeric: bool
    low: float | None = None
    high: float | None = None
    levels: tuple[tuple[str, int], ...] = ()
    whole: bool = False
    blanks: int = 0
    crowding: float = 0.0
    days: tuple[str, datetime.date] | None = None


def measured(table: Table, name: str, *, keep_levels: bool = False) -> tuple[Column, tuple[Fact, ...]]:
    """One column of a cleaned table, and what is to be said of it.

    Parameters
    ----------
    table : Table
    name : str
    keep_levels : bool
        True for protected columns: few numeric codes are then groups, not quantities.
    """
    looked_at, numbers, zeros, dates, commas, length, whole, blanks, crowding, rare = table.of_values(
        name,
        "coalesce(sum(n), 0), coalesce(sum(n) FILTER (regexp_full_match(v, $1)), 0), "
        "count(*) FILTER (regexp_full_match(v, $2)), coalesce(sum(n) FILTER (regexp_full_match(v, $3)), 0), "
        "coalesce(sum(n) FILTER (regexp_full_match(v, $4)), 0), avg(length(v)), "
        "coalesce(sum(n) FILTER (x = floor(x)), 0), coalesce(sum(n) FILTER (v <> trim(v)), 0), "
        "coalesce(sum(n * n::DOUBLE), 0), count(*) FILTER (n < $5)",
        NUMBER,
        _LEADING_ZERO,
        _DATE,
        _DECIMAL_COMMA,
        RARE * table.rows,
    )
    known, distinct = table.known(name), table.distinct(name)
    counted_numbers, low, high = table.range(name)
    missing = table.rows - known
    # Digits that are too many for a number are text.
    finite = low is not None and high is not None and math.isfinite(low) and math.isfinite(high)
    all_numbers = 0 < looked_at == numbers and counted_numbers == known and not zeros and finite
    column = Column(
        name, "dropped", "", missing, distinct, all_numbers,
        whole=all_numbers and whole == looked_at, blanks=blanks, crowding=float(crowding),
    )  # fmt: skip
    facts = []
    if known and missing >= SPARSE * table.rows:
        facts.append(Fact("sparse-column", (name,), missing / table.rows, SPARSE))
    span = high - low if high is not None and low is not None and finite else 0.0
    counting = column.whole and span + 1 == distinct
    dropped = _dropped(
        table, column, counting, dates == looked_at, 0 < commas == looked_at - numbers, length, keep_levels
    )
    if dropped is not None:
        reason, fact = dropped
        days = reading(table.drawn(name, SAMPLE)) if reason == "date" else None
        return replace(column, reason=reason, days=days), (*facts, fact)
    grouped = keep_levels and distinct <= MOST_CODES
    if all_numbers and not grouped:
        facts += _codes(column, span)
    few_codes = column.whole and names.names_category(name) and distinct <= MOST_CODES
    if rare and (few_codes or grouped or not all_numbers):
        facts.append(Fact("rare-values", (name,), rare, RARE))
    if all_numbers and not grouped:
        return replace(column, use="numeric", low=low, high=high), tuple(facts)
    levels = tuple(table.levels(name))
    return replace(column, use="categorical", low=low, high=high, levels=levels), tuple(facts)


def _dropped(
    table: Table, column: Column, counting: bool, dates: bool, commas: bool, length: float, keep_levels: bool
) -> tuple[Reason, Fact] | None:
    """Why a column is of no use to a model, if it is."""
    name, distinct, known = column.name, column.distinct, table.rows - column.missing
    unique = distinct == known and known > 20
    if not known:
        return "empty", Fact("constant-column", (name,), 0)
    by_value = personal.identifying(table.drawn(name, SAMPLE)) if distinct > 2 else None
    fractions = column.looks_numeric and not column.whole
    if by_value is not None or (names.is_personal(name) and distinct > 2 and not fractions):
        what, share = by_value or ("", 1.0)
        threshold = personal.THRESHOLDS[by_value[0]] if by_value else None
        standing: Standing = "measured" if what else "suggested"
        more = (("what", what),)
        return "personal", Fact("personal-data", (name,), share, threshold, more=more, standing=standing)
    if distinct == 1 and not column.missing:
        return "constant", Fact("constant-column", (name,), 1)
    if unique and not keep_levels and (names.names_identifier(name) or counting):
        return "identifier", Fact("identifier", (name,), distinct / known, 1)
    if dates:
        return "date", Fact("date-column", (name,), 1, 1)
    if commas:
        return "decimal comma", Fact("decimal-comma", (name,), 1)
    if names.names_split(name) and 1 < distinct <= MOST_CODES:
        return "split", Fact("split-column", (name,), distinct, standing="suggested")
    if column.looks_numeric:
        return None
    if unique and length <= LONG_TEXT:
        return "identifier", Fact("identifier", (name,), distinct / known, 1)
    # A value with fewer than two rows on average is no category but somebody's own; it must not become a level.
    most = min(MOST_LEVELS, known // 2) if known > 20 else MOST_LEVELS
    if distinct > most and length > LONG_TEXT:
        return "text", Fact("free-text", (name,), length, LONG_TEXT)
    if distinct > most:
        return "many values", Fact("high-cardinality", (name,), distinct, most)
    return None


def _codes(column: Column, span: float) -> list[Fact]:
    """Numbers that are none by their name: survey weights, and whole numbers under the name of a category."""
    if names.names_survey_weight(column.name):
        return [Fact("survey-weight", (column.name,), 1, standing="suggested")]
    if column.whole and names.names_category(column.name):
        more = (("span", span),)
        return [Fact("number-codes", (column.name,), column.distinct, more=more, standing="suggested")]
    return []
