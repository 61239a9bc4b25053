"""Columns of a source with types of its own -> the columns c0, c1, ... of ``raw``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NESTED = re.compile(r"STRUCT|MAP|UNION|VARIANT|.*\[\d*\]\Z|JSON")
_KEPT = re.compile(
    r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*|BIGNUM|BOOLEAN|DATE|TIME.*|INTERVAL|UUID)\Z", re.IGNORECASE
)


def quoted(name: str) -> str:
    """An identifier of SQL; only for names that the database itself has told."""
    return '"' + name.replace('"', '""') + '"'


def selected(names: Sequence[str], types: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The list of a SELECT that gives c0, c1, ..., and their types.

    Numbers, dates and booleans stay what they are; not-a-number and infinity count as missing, and so does the empty
    text. Lists and structures become JSON, bytes a hash of them, everything else text.

    Parameters
    ----------
    names : sequence of str
        As the database tells them.
    types : sequence of str
        DuckDB's types.
    """
    parts, kept = [], []
    for number, (name, type_) in enumerate(zip(names, types, strict=True)):
        at = quoted(name)
        if type_ in ("FLOAT", "DOUBLE"):
            part, new = f"CASE WHEN isfinite({at}) THEN {at} END", type_
        elif _NESTED.match(type_):
            part, new = f"CASE WHEN {at} IS NOT NULL THEN CAST(to_json({at}) AS VARCHAR) END", "VARCHAR"
        elif _KEPT.match(type_):
            part, new = at, type_
        elif type_ in ("BLOB", "BIT"):
            part, new = f"md5({at if type_ == 'BLOB' else f'CAST({at} AS VARCHAR)'})", "VARCHAR"
        else:
            part, new = f"nullif(CAST({at} AS VARCHAR), '')", "VARCHAR"
        parts.append(f"{part} AS c{number}")
        kept.append(new)
    return ", ".join(parts), tuple(kept)
