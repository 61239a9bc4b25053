"""How dates are written, told from the dates themselves."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%S%z")
FORMATS = tuple(day + time for time in _TIMES for day in _DAYS)


def reading(values: Sequence[str]) -> tuple[str, datetime.date] | None:
    """The one format that all the dates are written in, and the latest of them.

    Parameters
    ----------
    values : sequence of str
        Without gaps.

    Returns
    -------
    tuple of (str, date) or None
        The format as ``strptime`` reads it. None if no format fits all values, or several do and read other days out of
        them: 03/04/2020 may be in March or in April.
    """
    found: dict[str, tuple[datetime.date, ...]] = {}
    for pattern in FORMATS:
        days = _days(values, pattern)
        if days:
            found[pattern] = days
    if len(set(found.values())) != 1:
        return None
    pattern, days = next(iter(found.items()))
    return pattern, max(days)


def _days(values: Sequence[str], pattern: str) -> tuple[datetime.date, ...]:
    """Empty at the first value that is written otherwise."""
    try:
        return tuple(datetime.datetime.strptime(value.strip(), pattern).date() for value in values)
    except ValueError:
        return ()
