"""One UVL file while it is being read: its lines without comments, and what was found so far."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from fatesline.exchange.imported import Faults, Kept, Remark, shortened
from fatesline.exchange.uvl.expressions import NAME, Misread, Token, tokens_of
from fatesline.model.features import LEVELS, Feature, Group, Level
from fatesline.model.formula import DEEPEST, Formula

#: Of one constraint, or of the attributes of one feature, off the short way.
MOST_WORDS = 250_000

_COMMENT = re.compile(rf"""{NAME}|"[^"\n]*"|'[^'\n]*'|//[^\n]*|/\*.*?(?:\*/|\Z)""", re.DOTALL)
_NOTE = re.compile(r'//[ \t]*fates: (\w+)(?: (\d{1,18}))? ("(?:[^"\\]|\\.)*")(?:: (.*))?')


@dataclass(frozen=True, slots=True)
class Note:
    """What a comment of ours says of the constraint beside it, or, with a text, instead of it."""

    level: Level
    weight: int
    id: str
    text: str | None
    column: int


Found = tuple[Formula, Note | None]


@dataclass(slots=True)
class Part:
    """What one file gives, itself and its imports."""

    features: dict[str, Feature] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    constraints: list[Found] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    root: str | None = None


@dataclass(slots=True)
class OpenGroup:
    kind: str
    parent: str
    line: int
    column: int
    minimum: int = 0
    maximum: int | None = 0
    members: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Import:
    part: Part
    line: int
    column: int
    is_referenced: bool = False


class File:
    r"""The state of reading one file; its readers share it.

    Parameters
    ----------
    text : str
        With line ends ``\n``.
    name : str
        The file as the user named it.
    prefix : str
        What its ids begin with, where it is imported: ``alias.``.
    """

    def __init__(self, text: str, name: str, prefix: str) -> None:
        self.name = name
        self.prefix = prefix
        self.faults = Faults(name)
        self.part = Part()
        self.imports: dict[str, Import] = {}
        self.opened: list[OpenGroup | Group] = []
        self.line_of: dict[str, int] = {}
        self.attribute_constraints: list[list[Token]] = []
        self.notes: dict[int, Note] = {}
        self.lines: list[str] = []
        self._text = text
        self._noted: set[str] = set()
        self._spans_lines = True

    def split(self) -> None:
        """Take comments out and cut the text into lines."""
        self.lines = self._without_comments(self._text).split("\n")

    def _without_comments(self, text: str) -> str:
        if "/*" in text:
            text = _COMMENT.sub(lambda match: self._blank(match, text), text)
        if "//" not in text:
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if "//" in line:
                lines[index] = _COMMENT.sub(partial(self._blank_note, index), line)
        return "\n".join(lines)

    def _blank(self, match: re.Match[str], text: str) -> str:
        found = match[0]
        if found.startswith("/*"):
            if not found.endswith("*/") or len(found) < 4:
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                self.faults.add("a comment is never closed", line, column, "Close it by */.")
            return "".join(letter if letter == "\n" else " " for letter in found)
        return found

    def _blank_note(self, index: int, match: re.Match[str]) -> str:
        found = match[0]
        if not found.startswith("//"):
            return found
        note = _NOTE.fullmatch(found.rstrip(" \t"))
        if note and note[1] in LEVELS:
            try:
                own = str(json.loads(note[3]))
            except ValueError:
                return ""
            column = match.start() + 1 + max(note.start(4), 0)
            own = self.prefix + own
            if own in self._noted:
                self.faults.add(f'the constraint "{shortened(own)}" is declared twice', index + 1, match.start() + 1)
            self._noted.add(own)
            self.notes[index] = Note(cast(Level, note[1]), max(1, int(note[2] or 1)), own, note[4], column)
        return ""

    def after_indented(self, index: int) -> int:
        lines = self.lines
        while index < len(lines) and (not lines[index] or lines[index][0] in " \t"):
            index += 1
        return index

    def remark(self, text: str, line: int, column: int) -> None:
        self.part.remarks.append(Remark(text, self.faults.place(line, column)))

    def misread(self, misread: Misread) -> None:
        self.faults.add(misread.what, misread.line, misread.column, misread.way_on)

    def spanning(self, index: int, column: int = 0) -> tuple[list[Token], int]:
        """The words from a line on, over the following lines while a bracket is open; and the index after them."""
        depth = 0
        tokens: list[Token] = []
        at = index
        while at < len(self.lines):
            for token in tokens_of(self.lines[at].rstrip(" \t"), at + 1):
                tokens.append(token)
                if token.kind == "sign":
                    if token.text in "([{":
                        depth += 1
                        if depth > DEEPEST:
                            raise Misread(f"brackets are nested more than {DEEPEST} deep", token.line, token.column)
                    elif token.text in ")]}":
                        depth -= 1
                if len(tokens) > MOST_WORDS:
                    what = f"a constraint or the attributes of a feature have more than {MOST_WORDS} words"
                    raise Misread(what, token.line, token.column)
            at += 1
            if depth <= 0 or not self._spans_lines:
                return tokens, at
        # An open bracket that swallows the rest of the file is a fault of its line; look no further a second time.
        self._spans_lines = False
        return [token for token in tokens if token.line == index + 1], index + 1


def indented(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
