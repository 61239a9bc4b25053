"""How often the favourable outcome occurs, group by group, with intervals."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fatesline.catalog.project_shape import GroupOf, Protected
from fatesline.profiling.columns import Column
from fatesline.profiling.table import Table

Language = Literal["en", "fr"]

#: Two-sided 95 %.
Z = 1.959963984540054

#: Proposed where a protected column is an age: the cut points of the study of bank marketing data (25 and 60).
AGE_CUTS = (25, 60)
#: Values of a protected column with fewer rows than this share are put together.
SMALLEST_SHARE = 0.01
#: Groups with fewer rows are not compared.
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of rows and its 95 % interval.

    Parameters
    ----------
    group : str
    count : int
        Rows of the group with a known outcome.
    value, low, high : float
        Between 0 and 1.
    """

    group: str
    count: int
    value: float
    low: float
    high: float


def wilson(successes: int, count: int, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a share, 95 % unless another quantile is given.

    Notes
    -----
    Wilson (1927); (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    """
    if count == 0:
        return 0.0, 1.0
    share = successes / count
    centre = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def difference(larger: Rate, smaller: Rate, *, pairs: int = 1) -> tuple[float, float, float]:
    """Difference of two rates with its 95 % interval.

    Parameters
    ----------
    larger, smaller : Rate
    pairs : int
        Of how many pairs this one was picked; the interval then covers all of them at once (Bonferroni).

    Notes
    -----
    Newcombe (1998), method 10: the squared distances to the Wilson bounds of both rates add up.
    """
    z = Z if pairs == 1 else statistics.NormalDist().inv_cdf(1 - 0.025 / pairs)
    gap = larger.value - smaller.value
    (low, high), (lowest, highest) = (wilson(round(one.value * one.count), one.count, z) for one in (larger, smaller))
    below = math.hypot(larger.value - low, highest - smaller.value)
    above = math.hypot(high - larger.value, smaller.value - lowest)
    return gap, gap - below, gap + above


def proposed_groups(column: Column, attribute: str, *, is_age: bool, language: Language = "en") -> Protected:
    """Groups of a protected column: its values, rare ones together, or ranges of a number.

    Parameters
    ----------
    column : Column
        Numeric, or with levels.
    attribute : str
        Name of the attribute.
    is_age : bool
        Numbers then are cut at ``AGE_CUTS``; other numbers in the middle of their range.
    language : {'en', 'fr'}
        Of the names of ranges, and of what is put together.
    """
    words = _WORDS[language]
    if column.use == "numeric":
        if column.low is None or column.high is None:
            raise ValueError("a numeric column has a range")
        cuts = [float(cut) for cut in AGE_CUTS if column.low < cut <= column.high] if is_age else []
        cuts = cuts or [(column.low + column.high) / 2]
        edges = [None, *cuts, None]
        groups = {_range_name(low, high, words): GroupOf.between(low, high) for low, high in itertools.pairwise(edges)}
        return Protected(attribute=attribute, column=column.name, groups=groups, other=_other(column, groups, words))
    total = sum(count for _, count in column.levels)
    kept = [value for value, count in column.levels if count >= SMALLEST_SHARE * total]
    if len(kept) < 2:
        kept = [value for value, _ in column.levels[:2]]
    groups = {_label(value, words): GroupOf(values=(value,)) for value in sorted(kept)}
    rest = len(kept) < len(column.levels)
    other = _free(words["other"], groups, words) if rest else _other(column, groups, words)
    return Protected(attribute=attribute, column=column.name, groups=groups, other=other)


def rates(
    table: Table,
    protected: Sequence[Protected],
    target: str,
    favourable: str | tuple[str, ...] | float,
    *,
    low: bool = False,
) -> tuple[Rate, ...]:
    """Rate of the favourable outcome in each group, or in each crossing of groups where several attributes are given.

    Parameters
    ----------
    table : Table
    protected : sequence of Protected
    target : str
    favourable : str, tuple of str or float
        A label or several; or a number that is to be passed.
    low : bool
        True if numbers below it are favourable.
    """
    at = table.sql(target)
    good, bound = f"{at} = $1", favourable if not isinstance(favourable, tuple) else list(favourable)
    if isinstance(favourable, tuple):
        good = f"list_contains($1, {at})"
    elif not isinstance(favourable, str):
        good = f"{table.number(target)} {'<' if low else '>'} $1"
    return shares(table, protected, good, [bound], f"{at} IS NOT NULL")


def shares(
    table: Table, protected: Sequence[Protected], holds: str, bound: Sequence[object], among: str = "true"
) -> tuple[Rate, ...]:
    """Share of rows in each group for which an expression holds, among those for which another one does."""
    values = list(bound)
    labels = " || ' & ' || ".join(_case(table, one, values) for one in protected)
    keys = ", ".join(dict.fromkeys(table.key(one.column) for one in protected))
    # Counted by value first: the groups of ten million rows are then worked out for a few of them.
    counted = table.asked(
        f"SELECT g, CAST(sum(n) AS BIGINT), CAST(sum(goods) AS BIGINT) FROM (SELECT {labels} AS g, n, goods FROM "
        f"(SELECT {keys}, count(*) AS n, count(*) FILTER ({holds}) AS goods FROM cells WHERE {among} GROUP BY {keys}) "
        "AS by_value) AS by_group WHERE g IS NOT NULL GROUP BY g ORDER BY g",
        *values,
    )
    return tuple(Rate(group, count, good / count, *wilson(good, count)) for group, count, good in counted)


def _case(table: Table, protected: Protected, values: list[object]) -> str:
    """An expression that gives the group of a row; adds what it binds to ``values``."""

    def bound(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    at = table.sql(protected.column)
    number = table.number(protected.column)
    whens = []
    for label, group in protected.groups.items():
        if group.values:
            holds = f"list_contains({bound(list(group.values))}, {at})"
        else:
            sides = [f"{number} >= {bound(group.low)}"] if group.low is not None else []
            sides += [f"{number} < {bound(group.below)}"] if group.below is not None else []
            holds = " AND ".join(sides)
        whens.append(f"WHEN {holds} THEN {bound(label)}")
    return f"(CASE {' '.join(whens)} ELSE {bound(protected.other)} END)"


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "below": "under {high:g}", "above": "{low:g} and over", "between": "{low:g} to under {high:g}",
        "blank": "blank", "other": "other", "unknown": "unknown", "more": " value",
    },
    "fr": {
        "below": "moins de {high:g}", "above": "{low:g} et plus", "between": "{low:g} à moins de {high:g}",
        "blank": "vide", "other": "autre", "unknown": "inconnu", "more": " (valeur)",
    },
}  # fmt: skip


def _range_name(low: float | None, high: float | None, words: Mapping[str, str]) -> str:
    which = "below" if low is None else "above" if high is None else "between"
    return words[which].format(low=low, high=high)


def _label(value: str, words: Mapping[str, str]) -> str:
    return value.strip() or words["blank"]


def _other(column: Column, groups: dict[str, GroupOf], words: Mapping[str, str]) -> str | None:
    return _free(words["unknown"], groups, words) if column.missing else None


def _free(name: str, taken: dict[str, GroupOf], words: Mapping[str, str]) -> str:
    while name in taken:
        name += words["more"]
    return name
