"""Findings that were there before: a file that names them by rule, path and code, not by line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fatesline.errors import UserError
from fatesline.files import write_whole


class Key(NamedTuple):
    """What a finding is known by from one check to the next.

    Parameters
    ----------
    rule : str
    path : str
    snippet : str
        The line of code with its blanks evened out; for secrets without the texts in it.
    feature : str
    """

    rule: str
    path: str
    snippet: str
    feature: str


def read_baseline(path: Path) -> Counter[Key]:
    """The findings of a baseline, each with how often it is there.

    Raises
    ------
    UserError
        If there is no such file, or it is not a baseline.
    """
    way_on = "Write one with: fates check PATH --write-baseline FILE"
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        rows = written["findings"]
        return Counter(
            {Key(*(str(row.get(name, "")) for name in Key._fields)): int(row.get("count", 1)) for row in rows}
        )
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", where=str(path), way_on=way_on) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UserError("this is not a baseline", where=str(path), way_on=way_on) from None


def write_baseline(keys: Iterable[Key], path: Path) -> None:
    """Write down findings; the same ones give the same bytes."""
    rows = [
        {**{name: value for name, value in key._asdict().items() if value}, "count": count}
        for key, count in sorted(Counter(keys).items())
    ]
    write_whole(path, json.dumps({"version": 1, "findings": rows}, indent=2, ensure_ascii=False) + "\n")
