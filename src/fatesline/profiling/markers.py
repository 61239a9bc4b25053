"""What stands for "missing" in a table: words and numbers, measured by what else their columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatesline.profiling.facts import Fact
from fatesline.profiling.table import Table

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

#: How numbers are written.
NUMBER = r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*"


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
    spelt = [*_ALWAYS, *_BESIDE_NUMBERS]
    others_than = "NOT list_contains($1, lower(trim(v)))"
    for name in table.names:
        empty = table.rows - table.known(name)
        if empty:
            found[""] = found.get("", 0) + empty
        words = _words(table, name, spelt)
        others, plain_numbers, short_codes, distinct = table.of_values(
            name,
            "coalesce(sum(n), 0), coalesce(sum(n) FILTER (regexp_full_match(v, $2)), 0), "
            "count(*) FILTER (regexp_full_match(v, '[A-Z]{2}')), count(*)",
            spelt,
            NUMBER,
            where=others_than,
        )
        all_numbers = others > 0 and others == plain_numbers and _no_other_text(table, name, spelt)
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


def _words(table: Table, name: str, spelt: Sequence[str]) -> list[tuple[str, int]]:
    """Which of these words stand in a column, as they stand there, and how often."""
    if table.is_counted(name):
        return table.listed(name, "list_contains($1, lower(trim(v)))", "v", list(spelt))
    if table.kind(name) == "text" and not _all_numbers(table, name):
        at = table.sql(name)
        asked = f"SELECT {at}, count(*) FROM cells WHERE list_contains($1, lower(trim({at}))) GROUP BY {at} ORDER BY 1"
        return [(text, count) for text, count in table.asked(asked, list(spelt))]
    return []


def _all_numbers(table: Table, name: str) -> bool:
    return table.range(name)[0] == table.known(name)


def _no_other_text(table: Table, name: str, spelt: Sequence[str]) -> bool:
    """True if the values that were not counted one by one are numbers as well."""
    if table.is_counted(name) or _all_numbers(table, name):
        return True
    at = table.sql(name)
    others = table.asked(
        f"SELECT count(*) FROM cells WHERE {at} IS NOT NULL AND {table.number(name)} IS NULL "
        f"AND NOT list_contains($1, lower(trim({at})))",
        list(spelt),
    )[0][0]
    return bool(others == 0)


def _sentinels(table: Table, numeric: Sequence[str], found: dict[str, int], refused: set[str]) -> list[Fact]:
    """Numbers at the edge of a column that may stand for "missing"; taken for it where no other column disagrees."""
    suspected: dict[str, list[tuple[str, int]]] = {}
    for name in numeric:
        numbers = table.values(name) if table.is_counted(name) else _numbers(table, name)
        _, low, high = table.range(name)
        for edge in {edge for edge in (low, high) if edge is not None}.intersection(SENTINEL_NUMBERS):
            second, last, distinct = table.asked(
                f"SELECT min(x), max(x), count(DISTINCT x) FROM {numbers} WHERE x <> $1", edge
            )[0]
            apart = second is not None and (second >= 0 if edge < 0 else last < edge / 2)
            count = table.asked(f"SELECT coalesce(sum(n), 0) FROM {numbers} WHERE x = $1", edge)[0][0]
            if apart and distinct >= 10 and count >= SENTINEL_SHARE * table.rows:
                texts = table.asked(f"SELECT v FROM {table.values(name)} WHERE x = $1 ORDER BY v", edge)
                for (text,) in texts:
                    suspected.setdefault(text, []).append((name, int(count)))
    facts = []
    for text, where in sorted(suspected.items()):
        columns = tuple(name for name, _ in where)
        elsewhere = sum(_occurrences(table, name, text) for name in table.names if name not in columns)
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


def _numbers(table: Table, name: str) -> str:
    """The numbers of every row, as `Table.values` has them counted."""
    return f"(SELECT {table.number(name)} AS x, 1 AS n FROM cells) AS g"


def _occurrences(table: Table, name: str, text: str) -> int:
    """How often a number stands in a column: as it is written, or as the number where cells are numbers."""
    holds, bound = "v = $1", text
    if table.kind(name) == "other":
        return 0
    if table.kind(name) == "number":
        holds = "x = CAST($1 AS DOUBLE)"
    if table.is_counted(name):
        asked = f"SELECT coalesce(sum(n), 0) FROM {table.values(name)} WHERE {holds}"
    elif table.kind(name) == "number":
        asked = f"SELECT count(*) FROM {_numbers(table, name)} WHERE {holds}"
    else:
        asked = f"SELECT count(*) FROM cells WHERE {table.sql(name)} = $1"
    return int(table.asked(asked, bound)[0][0])


def clean(table: Table, markers: Markers) -> None:
    """Put NULL in place of every marker, for all further questions to the table."""
    table.forget(markers.texts)
