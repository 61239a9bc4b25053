"""Which paths a ``.gitignore`` leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """One line of a ``.gitignore``.

    Parameters
    ----------
    folder : str
        Of the file it stands in, relative to what is checked; empty for the top.
    pattern : re.Pattern
        Over paths relative to that folder.
    folders_only, takes_back : bool
        The line ends with a slash; begins with an exclamation mark.
    """

    folder: str
    pattern: re.Pattern[str]
    folders_only: bool
    takes_back: bool


def rules_from(text: str, folder: str) -> list[IgnoreRule]:
    """The rules of a ``.gitignore``, in order; a line that is no pattern is left out, as git does."""
    rules = []
    for line in text.splitlines()[:2000]:
        bare = line.rstrip() if not line.rstrip().endswith("\\") else line
        if not bare or bare.startswith("#"):
            continue
        takes_back = bare.startswith("!")
        bare = bare.removeprefix("!").removeprefix("\\")
        folders_only = bare.endswith("/")
        bare = bare.rstrip("/")
        if not bare or len(bare) > 500:
            continue
        # A slash before the end ties a pattern to its folder; without one it fits at any depth.
        anchored = "/" in bare
        try:
            pattern = re.compile(
                ("" if anchored else "(?:.*/)?") + _expression(bare.removeprefix("/")) + r"\Z", re.DOTALL
            )
        except re.error:
            continue
        rules.append(IgnoreRule(folder, pattern, folders_only, takes_back))
    return rules


def is_ignored(path: str, is_folder: bool, rules: Sequence[IgnoreRule]) -> bool:
    """Whether the last rule that fits leaves the path out.

    Parameters
    ----------
    path : str
        With forward slashes, relative to what is checked.
    is_folder : bool
    rules : sequence of IgnoreRule
        Of the top folder first.
    """
    for rule in reversed(rules):
        if rule.folders_only and not is_folder:
            continue
        inner = path[len(rule.folder) + 1 :] if rule.folder else path
        if rule.pattern.match(inner):
            return not rule.takes_back
    return False


def _expression(pattern: str) -> str:
    """A glob of git as a regular expression."""
    parts = []
    position = 0
    while position < len(pattern):
        rest = pattern[position:]
        if rest.startswith("**/") and (position == 0 or pattern[position - 1] == "/"):
            parts.append("(?:.*/)?")
            position += 3
        elif rest == "**" and (position == 0 or pattern[position - 1] == "/"):
            parts.append(".+")
            position += 2
        elif rest[0] == "*":
            parts.append("[^/]*")
            position += len(rest) - len(rest.lstrip("*"))
        elif rest[0] == "?":
            parts.append("[^/]")
            position += 1
        elif rest[0] == "[" and "]" in rest[2:]:
            end = rest.index("]", 2)
            inside = rest[1:end].replace("\\", "\\\\").replace("[", "\\[")
            inside = f"^{inside[1:]}" if inside[0] in "!^" else inside
            parts.append(f"(?!/)[{inside}]")
            position += end + 1
        elif rest[0] == "\\" and len(rest) > 1:
            parts.append(re.escape(rest[1]))
            position += 2
        else:
            parts.append(re.escape(rest[0]))
            position += 1
    return "".join(parts)
