"""Each column on its own: what is missing, what kind of values it has, whether it is of use to a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fatesline.profiling import names, personal
from fatesline.profiling.facts import Fact
from fatesline.profiling.table import Table

Use = Literal["numeric", "categorical", "dropped"]
Reason = Literal["personal", "identifier", "constant", "empty", "date", "text", "many values", "decimal comma", "leak"]

#: A categorical column with more values is dropped: one column each, or more than trees take (255), helps nobody.
MOST_LEVELS = 100
#: A protected column with so many numeric codes at most has groups, not quantities.
MOST_CODES = 10
#: Mean length, in characters, from which many-valued text is prose.
LONG_TEXT = 30
#: Values of a column that patterns of personal data are tried on.
SAMPLE = 1000
#: Share of rows from which a number at the edge of a column counts as a stand-in for "missing".
SENTINEL_SHARE = 0.005
SENTINEL_NUMBERS = (-1.0, -9.0, -99.0, -999.0, -9999.0, 999.0, 9999.0, 99999.0, 999999.0)

# Words that stand for a missing value wherever they occur beside others.
_ALWAYS = (
    "",
    "?",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "nan",
    "null",
    "unknown",
    "missing",
    "not available",
    "inconnu",
    "inconnue",
    "non renseigné",
    "unbekannt",
    "keine angabe",
    "desconocido",
    "sconosciuto",
)
# Words that may be a level of their own: missing only where everything else is a number.
_BESIDE_NUMBERS = ("none", "nil", "-", "--", ".", "..", "nd", "no data")

_NUMBER = r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*"
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


@dataclass(frozen=True, slots=True)
class Markers:
    """What stands for "missing" in a table.

    Parameters
    ----------
    texts : tuple of str
        As they stand in the file, the most frequent first.
    counts : mapping of str to int
        Cells per text.
    facts : tuple of Fact
        Numbers that may stand for "missing" and were not taken for it.
    """

    texts: tuple[str, ...]
    counts: Mapping[str, int]
    facts: tuple[Fact, ...]


def missing_markers(table: Table) -> Markers:
    """Texts that stand for a missing value, measured: a word counts by what else its column holds."""
    found: dict[str, int] = {}
    weak: dict[str, int] = {}
    refused: set[str] = set()
    numeric: list[str] = []
    for name in table.names:
        column = table.sql(name)
        words = table.asked(
            f"SELECT {column}, count(*) FROM cells WHERE list_contains($1, lower(trim({column}))) "
            "GROUP BY 1 ORDER BY 1",
            [*_ALWAYS, *_BESIDE_NUMBERS],
        )
        others, plain_numbers, short_codes, distinct = table.asked(
            "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (regexp_full_match(v, $2)), 0), "
            "count(*) FILTER (regexp_full_match(v, '[A-Z]{2}')), count(*) "
            f"FROM (SELECT {column} AS v, count(*) AS n FROM cells GROUP BY v) "
            "WHERE NOT list_contains($1, lower(trim(v)))",
            [*_ALWAYS, *_BESIDE_NUMBERS],
            _NUMBER,
        )[0]
        all_numbers = others > 0 and others == plain_numbers
        if all_numbers:
            numeric.append(name)
        for text, count in words:
            word = text.strip().lower()
            if word in _BESIDE_NUMBERS:
                if all_numbers:
                    weak[text] = weak.get(text, 0) + count
                else:
                    refused.add(text)
            elif text.strip() == "NA" and distinct >= 10 and short_codes >= 0.8 * distinct:
                # Two-letter codes: NA is Namibia or North America.
                refused.add(text)
            elif others or not word:
                found[text] = found.get(text, 0) + count
    for text, count in weak.items():
        if text not in refused:
            found[text] = found.get(text, 0) + count
    facts = _sentinels(table, numeric, found, refused)
    texts = sorted((text for text in found if text not in refused), key=lambda text: (-found[text], text))
    return Markers(tuple(texts), {text: found[text] for text in texts}, tuple(facts))


def _sentinels(table: Table, numeric: Sequence[str], found: dict[str, int], refused: set[str]) -> list[Fact]:
    """Numbers at the edge of a column that may stand for "missing"; taken for it where no other column disagrees."""
    suspected: dict[str, list[tuple[str, int]]] = {}
    for name in numeric:
        column = table.sql(name)
        numbers = f"(SELECT try_cast(trim({column}) AS DOUBLE) AS x FROM cells)"
        summary = f"SELECT min(x), max(x), count(DISTINCT x) FROM {numbers} WHERE x IS NOT NULL AND x <> $1"
        low, high = table.asked(f"SELECT min(x), max(x) FROM {numbers}")[0]
        for edge in {low, high}.intersection(SENTINEL_NUMBERS):
            second, last, distinct = table.asked(summary, edge)[0]
            apart = second is not None and (second >= 0 if edge < 0 else last < edge / 2)
            count = table.asked(f"SELECT count(*) FROM {numbers} WHERE x = $1", edge)[0][0]
            if apart and distinct >= 10 and count >= SENTINEL_SHARE * table.rows:
                texts = table.asked(
                    f"SELECT DISTINCT {column} FROM cells WHERE try_cast(trim({column}) AS DOUBLE) = $1 ORDER BY 1",
                    edge,
                )
                for (text,) in texts:
                    suspected.setdefault(text, []).append((name, count))
    facts = []
    for text, where in sorted(suspected.items()):
        columns = tuple(name for name, _ in where)
        elsewhere = sum(
            table.asked(f"SELECT count(*) FROM cells WHERE {table.sql(name)} = $1", text)[0][0]
            for name in table.names
            if name not in columns
        )
        cells = sum(count for _, count in where)
        if elsewhere == 0 and text not in refused:
            found[text] = cells
        facts.append(
            Fact(
                "sentinel-number",
                columns,
                cells / (table.rows * len(columns)),
                SENTINEL_SHARE,
                more=(("number", text), ("taken", int(elsewhere == 0)), ("elsewhere", elsewhere)),
            )
        )
    return facts


def clean(table: Table, markers: Markers) -> None:
    """Put NULL in place of every marker, for all further questions to the table."""
    cells = ", ".join(
        f"CASE WHEN list_contains($1, {table.sql(name)}) THEN NULL ELSE {table.sql(name)} END AS {table.sql(name)}"
        for name in table.names
    )
    table.connection.execute(f"CREATE TABLE known AS SELECT {cells} FROM cells", [list(markers.texts)])
    table.connection.execute("DROP TABLE cells")
    table.connection.execute("ALTER TABLE known RENAME TO cells")


def measured(table: Table, name: str, *, keep_levels: bool = False) -> tuple[Column, Fact | None]:
    """One column of a cleaned table, and why it is dropped if it is.

    Parameters
    ----------
    table : Table
    name : str
    keep_levels : bool
        True for protected columns: few numeric codes are then groups, not quantities.
    """
    at = table.sql(name)
    known, distinct, numbers, zeros, dates, commas, low, high, length, whole = table.asked(
        "SELECT coalesce(sum(n), 0), count(*), coalesce(sum(n) FILTER (regexp_full_match(v, $1)), 0), "
        "count(*) FILTER (regexp_full_match(v, $2)), coalesce(sum(n) FILTER (regexp_full_match(v, $3)), 0), "
        "coalesce(sum(n) FILTER (regexp_full_match(v, $4)), 0), min(x), max(x), avg(length(v)), "
        "coalesce(sum(n) FILTER (x = floor(x)), 0) FROM "
        f"(SELECT {at} AS v, try_cast(trim({at}) AS DOUBLE) AS x, count(*) AS n FROM cells WHERE {at} IS NOT NULL "
        "GROUP BY v)",
        _NUMBER,
        _LEADING_ZERO,
        _DATE,
        _DECIMAL_COMMA,
    )[0]
    missing = table.rows - known
    all_numbers = 0 < known == numbers and not zeros
    blank = Column(name, "dropped", "", missing, distinct, all_numbers)
    unique = distinct == known and known > 20
    counting = all_numbers and whole == known and high - low + 1 == distinct
    by_value = personal.identifying(_sample(table, at)) if distinct > 2 else None
    if not known:
        return replace(blank, reason="empty"), Fact("constant-column", (name,), 0)
    if by_value is not None or (names.is_personal(name) and distinct > 2):
        what, share = by_value or ("", 1.0)
        fact = Fact("personal-data", (name,), share, personal.THRESHOLD if what else None, more=(("what", what),))
        return replace(blank, reason="personal"), fact
    if distinct == 1 and not missing:
        return replace(blank, reason="constant"), Fact("constant-column", (name,), 1)
    if unique and not keep_levels and (names.names_identifier(name) or counting):
        return replace(blank, reason="identifier"), Fact("identifier", (name,), distinct / known, 1)
    if dates == known:
        return replace(blank, reason="date"), Fact("date-column", (name,), 1, 1)
    if commas and commas + numbers == known:
        return replace(blank, reason="decimal comma"), Fact("decimal-comma", (name,), commas / known)
    if all_numbers and not (keep_levels and distinct <= MOST_CODES):
        return replace(blank, use="numeric", low=low, high=high), None
    if unique and length <= LONG_TEXT:
        return replace(blank, reason="identifier"), Fact("identifier", (name,), distinct / known, 1)
    if distinct > MOST_LEVELS and length > LONG_TEXT:
        return replace(blank, reason="text"), Fact("free-text", (name,), length, LONG_TEXT)
    if distinct > MOST_LEVELS:
        return replace(blank, reason="many values"), Fact("high-cardinality", (name,), distinct, MOST_LEVELS)
    levels = table.asked(f"SELECT {at}, count(*) FROM cells WHERE {at} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
    return replace(blank, use="categorical", low=low, high=high, levels=tuple(levels)), None


def _sample(table: Table, at: str) -> list[str]:
    rows = table.asked(f"SELECT DISTINCT {at} FROM cells WHERE {at} IS NOT NULL ORDER BY hash({at}) LIMIT {SAMPLE}")
    return [text for (text,) in rows]
