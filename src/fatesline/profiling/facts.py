"""Fact: one thing measured on a table, with its figure, its threshold and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FactKind = Literal[
    "base-rates-differ",
    "class-imbalance",
    "constant-column",
    "criminal-offence-data",
    "date-column",
    "decimal-comma",
    "duplicate-rows",
    "favourable-label",
    "free-text",
    "high-cardinality",
    "identifier",
    "leaks-target",
    "missing-in-target",
    "missing-values",
    "outlying-values",
    "personal-data",
    "protected-column",
    "proxy-column",
    "repeated-persons",
    "sentinel-number",
    "single-strong-column",
    "singled-out-records",
    "small-group",
    "special-category-data",
    "under-represented-group",
]


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
        True if the figure passes the threshold.
    proposes : tuple of str
        Ids of options that the fact speaks for, when it holds.
    more : tuple of (str, value)
        Further figures and group names for the sentence; never a value of a column that looks personal.
    """

    kind: FactKind
    columns: tuple[str, ...]
    figure: float
    threshold: float | None = None
    holds: bool = True
    proposes: tuple[str, ...] = ()
    more: tuple[tuple[str, str | int | float], ...] = field(default=())
