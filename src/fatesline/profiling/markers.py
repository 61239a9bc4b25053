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
            NUMBER,
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
