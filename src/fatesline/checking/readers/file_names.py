"""Files as facts by themselves: that a model card is there shows in its name."""

from __future__ import annotations

import re
from functools import lru_cache


def matches(path: str, pattern: str) -> bool:
    """Whether a path fits a glob.

    Parameters
    ----------
    path : str
        With forward slashes, relative to what is checked.
    pattern : str
        ``*`` and ``?`` stay within one part of the path, ``**`` stands for any number of parts. A pattern without a
        slash fits at any depth.
    """
    return expression(pattern).match(path) is not None


@lru_cache(maxsize=1024)
def expression(pattern: str) -> re.Pattern[str]:
    """The glob as an expression that matches whole paths."""
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    parts = []
    for position, part in enumerate(pattern.split("/")):
        if part == "**":
            parts.append("(?:[^/]+/)*" if position < pattern.count("/") else ".*")
            continue
        text = "".join("[^/]*" if sign == "*" else "[^/]" if sign == "?" else re.escape(sign) for sign in part)
        parts.append(text + ("/" if position < pattern.count("/") else ""))
    return re.compile("".join(parts) + r"\Z", re.DOTALL)
