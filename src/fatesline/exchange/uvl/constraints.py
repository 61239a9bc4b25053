"""The constraints of a UVL file: the short way for plain Boolean lines, and the way for all others."""

from __future__ import annotations

import re
from typing import cast

from fatesline.exchange.imported import Kept, joined, shortened, too_deep
from fatesline.exchange.uvl.expressions import NAME, Misread, Node, Token, has_arithmetic, parsed, tokens_of
from fatesline.exchange.uvl.file import File
from fatesline.exchange.uvl.meaning import Meaning, Undecided
from fatesline.model.features import Feature
from fatesline.model.formula import DEEPEST, Formula, feature, negation

_STRICT_NAME = re.compile(NAME)
_WORD = re.compile(rf"""!?"[^"\n]*"|!?{NAME}|<=>|=>|\S""")


class Literals(dict[str, Formula | None]):
    """Formulas of literals by the word that stands for them, ``!"A b"`` as well as ``A``; made once, then shared."""

    def __init__(self, features: dict[str, Feature], prefix: str) -> None:
        super().__init__()
        self._features = features
        self._prefix = prefix

    def __missing__(self, word: str) -> Formula | None:
        made: Formula | None = None
        if word[:1] == "!":
            bare = word[1:].lstrip(" \t")
            inner = self[bare] if bare[:1] != "!" else None
            made = None if inner is None else negation(inner)
        elif word[:1] == '"':
            if word.find('"', 1) == len(word) - 1 > 1:
                made = self._feature(word[1:-1])
        elif _STRICT_NAME.fullmatch(word):
            made = self._feature(word)
        self[word] = made
        return made

    def _feature(self, name: str) -> Formula | None:
        return feature(self._prefix + name) if self._prefix + name in self._features else None


class ConstraintReader:
    """Reads the section ``constraints``, and those inside braces."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._known_meaning: Meaning | None = None

    def read(self, index: int) -> int:
        lines = self._file.lines
        constraints = self._file.part.constraints
        literals = Literals(self._file.part.features, self._file.prefix)
        notes = self._file.notes
        append = constraints.append
        while index < len(lines):
            line = lines[index]
            body = line.strip(" \t")
            if not body:
                if notes and index in notes:
                    self._read_soft(index, literals)
                index += 1
                continue
            if line[0] not in " \t":
                break
            formula = short_way(body, literals)
            if formula is None:
                index = self._read_constraint(index)
                continue
            append((formula, notes.get(index)))
            index += 1
        return index

    def _read_constraint(self, index: int) -> int:
        """A constraint that is not plain, or faulty; the index of the line after it."""
        try:
            tokens, after = self._file.spanning(index)
        except Misread as misread:
            self._file.misread(misread)
            return misread.line
        self._understand(tokens, index)
        return after

    def _read_soft(self, index: int, literals: Literals) -> None:
        """A preference, which only our own files hold, as a comment other tools pass over."""
        note = self._file.notes[index]
        if note.text is None or note.level != "preference":
            return
        formula = short_way(note.text.strip(" \t"), literals)
        if formula is not None:
            self._file.part.constraints.append((formula, note))
        else:
            padded = " " * (note.column - 1) + note.text
            self._understand(list(tokens_of(padded, index + 1)), index)

    def read_preferences(self) -> None:
        """The preferences of a file without a section ``constraints``; see the writer."""
        literals = Literals(self._file.part.features, self._file.prefix)
        for index in sorted(self._file.notes):
            self._read_soft(index, literals)

    def read_waiting(self) -> None:
        """Those inside braces, and those of imported files, after the file's own."""
        for tokens in self._file.attribute_constraints:
            self._understand(tokens, None)
        for imported in self._file.imports.values():
            if imported.is_referenced:
                self._file.part.constraints += imported.part.constraints

    def _understand(self, tokens: list[Token], index: int | None) -> None:
        meaning = self._meaning()
        try:
            node, end = parsed(tokens)
            if end < len(tokens):
                extra = tokens[end]
                raise Misread(f'"{shortened(extra.text)}" means nothing here', extra.line, extra.column)
            unknown = meaning.unknown(node)
            for each in unknown:
                known = cast(dict[str, object], self._file.part.features)
                self._file.faults.add_unknown(
                    self._file.prefix + ".".join(each.names), known, each.token.line, each.token.column
                )
            if not unknown:
                self._settle(node, meaning, index)
        except Misread as misread:
            self._file.misread(misread)

    def _settle(self, node: Node, meaning: Meaning, index: int | None) -> None:
        start = _leftmost(node)
        try:
            formula = meaning.formula(node)
        except Undecided as undecided:
            place = self._file.faults.place(start.line, start.column)
            self._file.part.kept.append(Kept(meaning.written(node), place, str(undecided)))
            return
        if formula is True:
            self._file.remark("the arithmetic always holds; the constraint says nothing", start.line, start.column)
            return
        if formula is False:
            assert self._file.part.root is not None
            self._file.remark("the arithmetic never holds; the model has no configuration", start.line, start.column)
            formula = negation(feature(self._file.part.root))
        elif has_arithmetic(node):
            text = f"read as {shortened(str(formula))}; an attribute counts 0 where its feature is not chosen"
            self._file.remark(text, start.line, start.column)
        elif too_deep(formula):
            raise Misread(f"the constraint is nested more than {DEEPEST} deep", start.line, start.column)
        self._file.part.constraints.append((formula, None if index is None else self._file.notes.get(index)))

    def _meaning(self) -> Meaning:
        if self._known_meaning is None:
            children: dict[str, list[str]] = {}
            for each in self._file.part.features.values():
                if each.parent is not None:
                    children.setdefault(each.parent, []).append(each.id)
            self._known_meaning = Meaning(self._file.part.features, self._file.prefix, children)
        return self._known_meaning

    _known_meaning: Meaning | None = None


def short_way(body: str, literals: Literals) -> Formula | None:
    """A plain Boolean constraint on one line; None if it is anything else, or faulty."""
    words = body.split(" | ")
    parts: list[Formula] = []
    for word in words:
        literal = literals[word]
        if literal is None:
            break
        parts.append(literal)
    else:
        return parts[0] if len(parts) == 1 else Formula("or", tuple(parts))
    found = _by_precedence(_WORD.findall(body), literals)
    if found is None or (body.count("(") + body.count("=>") + body.count("!") > 40 and too_deep(found)):
        return None
    return found


def _by_precedence(words: list[str], literals: Literals) -> Formula | None:
    """``! & | => <=>`` over literals and parentheses, each open parenthesis with what stands before it."""
    conjuncts: list[Formula] = []
    disjuncts: list[Formula] = []
    premise: Formula | None = None
    side: Formula | None = None
    negations = 0
    frames: list[tuple[list[Formula], list[Formula], Formula | None, Formula | None, int]] = []
    rest = iter(words)
    for word in rest:
        if word == "(":
            if len(frames) >= DEEPEST:
                return None
            frames.append((conjuncts, disjuncts, premise, side, negations))
            conjuncts, disjuncts, premise, side, negations = [], [], None, None, 0
            continue
        if word == "!":
            negations += 1
            if negations > DEEPEST:
                return None
            continue
        current = literals[word]
        if current is None:
            return None
        while True:
            while negations:
                current = negation(current)
                negations -= 1
            word = next(rest, "")
            if word == "&":
                conjuncts.append(current)
                break
            if conjuncts:
                conjuncts.append(current)
                current = joined("and", conjuncts)
                conjuncts = []
            if word == "|":
                disjuncts.append(current)
                break
            if disjuncts:
                disjuncts.append(current)
                current = joined("or", disjuncts)
                disjuncts = []
            if premise is not None:
                current = Formula("implies", (premise, current))
                premise = None
            if word == "=>":
                premise = current
                break
            if side is not None:
                current = Formula("iff", (side, current))
                side = None
            if word == "<=>":
                side = current
                break
            if word == ")" and frames:
                conjuncts, disjuncts, premise, side, negations = frames.pop()
                continue
            return current if not word and not frames else None
    return None


def _leftmost(node: Node) -> Token:
    waiting, found = [node], node.token
    while waiting:
        current = waiting.pop()
        found = min(found, current.token, key=lambda token: (token.line, token.column))
        waiting += current.parts
    return found
