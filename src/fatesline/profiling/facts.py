"""Fact: one thing measured on a table, with its figure, its threshold and what it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

FactKind = Literal[
    "base-rates-differ",
    "class-imbalance",
    "column-drift",
    "columns-changed",
    "constant-column",
    "criminal-offence-data",
    "date-column",
    "decimal-comma",
    "duplicate-rows",
    "favourable-direction",
    "favourable-label",
    "free-text",
    "group-share",
    "high-cardinality",
    "identifier",
    "leaks-target",
    "missing-by-group",
    "missing-drift",
    "missing-in-target",
    "missing-values",
    "new-values",
    "number-codes",
    "ordered-rows",
    "outlying-values",
    "personal-data",
    "protected-column",
    "proxy-column",
    "rare-values",
    "repeated-persons",
    "same-information",
    "sentinel-number",
    "single-strong-column",
    "single-strong-value",
    "singled-out-records",
    "small-group",
    "sparse-column",
    "special-category-data",
    "split-column",
    "stray-blanks",
    "survey-weight",
    "task-type",
    "time-column",
    "under-represented-group",
]

#: How far a fact goes: a figure that is what it is; a reading of figures or names that somebody confirms; or the
#: admission that the table does not tell.
Standing = Literal["measured", "suggested", "undecided"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing measured on a table.

    Parameters
    ----------
    kind : str
        Key of its sentence in `profiling.words`.
    columns : tuple of str
        Names of the columns it speaks of; may be empty.
    figure : float
        What was measured: a share or rate between 0 and 1, or a count, as its kind says.
    threshold : float or None
        What the figure was compared with; None where the fact holds as it is.
    holds : bool
        True if the figure passes the threshold; False where the table does not tell.
    proposes : tuple of str
        Ids of options that the fact speaks for, when it holds.
    more : tuple of (str, value)
        Further figures and group names for the sentence; never a value of a column that looks personal.
    standing : {'measured', 'suggested', 'undecided'}
    """

    kind: FactKind
    columns: tuple[str, ...]
    figure: float
    threshold: float | None = None
    holds: bool = True
    proposes: tuple[str, ...] = ()
    more: tuple[tuple[str, str | int | float], ...] = field(default=())
    standing: Standing = "measured"


def merged(facts: Sequence[Fact], *, apart: int = 0) -> list[Fact]:
    """Facts that say the same of several columns, as one fact.

    Parameters
    ----------
    facts : sequence of Fact
    apart : int
        So many columns at the end of each fact, such as the attribute it is about, are not put together.
    """
    alike: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        of, last = fact.columns[: len(fact.columns) - apart], fact.columns[len(fact.columns) - apart :]
        key = (fact.kind, last, round(fact.figure, 6), fact.holds, fact.proposes, fact.more, fact.standing)
        before = alike.get(key)
        if before is None:
            alike[key] = fact
        else:
            alike[key] = replace(before, columns=(*before.columns[: len(before.columns) - apart], *of, *last))
    return list(alike.values())
