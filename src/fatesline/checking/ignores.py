"""``# fates: ignore[ID] reason`` in the code under check: what people decided to leave as it is, and why."""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Rule
from fatesline.checking.readers.reading import Reading
from fatesline.model.places import Place

WITHOUT_REASON = Rule(
    id="I001",
    slug="ignore-without-reason",
    severity="warning",
    title=Text(en="Ignored without a reason", fr="Ignoré sans raison"),
    what=Text(
        en="A comment asks to ignore findings and does not say which, or not why; it has no effect.",
        fr="Un commentaire demande d'ignorer des constats sans dire lesquels ou pourquoi ; il reste sans effet.",
    ),
    why=Text(
        en="Whoever reads it later cannot tell whether the reason still holds.",
        fr="Qui le lira plus tard ne pourra dire si la raison tient encore.",
    ),
    bad="model = joblib.load(path)  # fates: ignore[H002]\n",
    good="model = joblib.load(path)  # fates: ignore[H002] written by the step before, on the same machine\n",
)

UNUSED = Rule(
    id="I002",
    slug="unused-ignore",
    severity="note",
    title=Text(en="Nothing left to ignore", fr="Plus rien à ignorer"),
    what=Text(
        en="A comment ignores a finding that is no longer there.",
        fr="Un commentaire ignore un constat qui n'est plus là.",
    ),
    why=Text(
        en="Left in place it would hide the next fault on that line.",
        fr="Laissé en place, il cacherait la prochaine faute sur cette ligne.",
    ),
)

IGNORE_RULES: tuple[Rule, ...] = (WITHOUT_REASON, UNUSED)

_COMMENT = re.compile(r"#\s*fates:\s*ignore\b(?P<rest>.*)")
_REST = re.compile(r"\[\s*(?P<rules>[A-Z]\d{3}(?:\s*,\s*[A-Z]\d{3})*)\s*\]\s*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment.

    Parameters
    ----------
    place : Place
        Of the comment.
    line : int
        The line it speaks of: its own, or the next one with code where it stands alone.
    rules : tuple of str
        Ids; empty if it names none.
    reason : str
        Empty if it gives none.
    """

    place: Place
    line: int
    rules: tuple[str, ...]
    reason: str

    @property
    def holds(self) -> bool:
        """Whether it says what is ignored, and why."""
        return bool(self.rules and self.reason)

    def covers(self, rule: str, place: Place) -> bool:
        """Whether a finding of a rule at a place is meant."""
        same = (place.file, place.cell, place.line) == (self.place.file, self.place.cell, self.line)
        return same and rule in self.rules


def ignores_in(path: str, reading: Reading) -> tuple[Ignore, ...]:
    """The comments of a file that ask to ignore findings, in order."""
    if "fates:" not in reading.text:
        return ()
    lines = reading.text.split("\n")
    is_python = path.lower().endswith((".py", ".pyw", ".ipynb"))
    found = _comments(reading.text, lines) if is_python else _comments_by_line(lines)
    return tuple(_ignore(path, reading, lines, *one) for one in found)


def _comments(text: str, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Line and column from 1 and what follows ``ignore`` of each such comment; texts in strings are none."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            match = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
            if match is not None:
                found.append((token.start[0], token.start[1] + 1, match["rest"]))
    except (tokenize.TokenError, SyntaxError):
        # A file that does not parse, or a cell with magics: line by line.
        found = list(_comments_by_line(lines))
    yield from found


def _comments_by_line(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """The same where a comment begins with ``#`` at the start of a line or behind a blank, outside quotes."""
    for number, line in enumerate(lines, start=1):
        for match in _COMMENT.finditer(line):
            before = line[: match.start()]
            if (not before or before[-1].isspace()) and not _ends_in_quotes(before):
                yield number, match.start() + 1, match["rest"]
                break


def _ends_in_quotes(text: str) -> bool:
    quote = ""
    for position, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and (not position or not text[position - 1].isalnum()):
            # Behind a letter it is an apostrophe.
            quote = sign
    return bool(quote)


def _ignore(path: str, reading: Reading, lines: list[str], number: int, column: int, rest: str) -> Ignore:
    meant = number
    if not lines[number - 1][: column - 1].strip():
        following = (at for at in range(number, len(lines)) if lines[at].strip() and lines[at].strip()[0] != "#")
        meant = next(following, number - 1) + 1
    starts = reading.cell_starts
    cell = bisect_right(starts, number - 1) - 1 if starts else None
    before = starts[cell] if cell is not None else 0
    match = _REST.fullmatch(rest.strip())
    rules = tuple(re.findall(r"[A-Z]\d{3}", match["rules"])) if match is not None else ()
    reason = match["reason"].strip() if match is not None else ""
    return Ignore(Place(path, number - before, column, cell), meant - before, rules, reason)
