"""Features of a UVL file that take more than a name: types, attributes, imported ones; and faulty lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from fatesline.exchange.imported import shortened
from fatesline.exchange.uvl.expressions import KEYWORDS, Misread, Token, dotted, meaningless, number
from fatesline.exchange.uvl.file import File, Import, OpenGroup
from fatesline.model.features import Feature

#: Attributes of a feature that UVL expresses by words of its own; a dot cannot occur in a key of UVL.
TYPE_KEY = "uvl.type"

DEEPEST_ATTRIBUTE = 32
_TYPES = frozenset(("String", "Integer", "Boolean", "Real"))


class FeatureLines:
    """Reads lines of the tree word by word."""

    def __init__(self, file: File) -> None:
        self._file = file

    def declared(self, index: int, column: int, owner: str | OpenGroup | None) -> tuple[Feature, int]:
        """A feature with a type, a cardinality, attributes, or from an import; and the index of the line after it."""
        tokens, after = self._file.spanning(index, column)
        at = 0
        first = tokens[0]
        attributes: dict[str, object] = {}
        abstract = False
        if first.text in _TYPES and len(tokens) > 1 and tokens[1].kind == "name":
            if first.text != "Boolean":
                attributes[TYPE_KEY] = first.text
            at = 1
        token = tokens[at]
        if token.kind == "bad":
            raise meaningless(token)
        if token.kind != "name":
            way_on = "Put names that do not begin with a letter in quotes." if token.kind == "number" else ""
            raise Misread(
                f'"{shortened(token.text)}" stands where a feature is expected', token.line, token.column, way_on
            )
        if token.text in KEYWORDS and len(tokens) == at + 1:
            raise Misread(
                f"{token.text} is a word of UVL and stands where a feature is expected",
                token.line,
                token.column,
                "Put it in quotes to use it as a name.",
            )
        names, at = dotted(tokens, at)
        if at < len(tokens) and tokens[at].text == "cardinality":
            bounds = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
            if bounds.text not in ("[1..1]", "[1]"):
                # Noted, not raised: the feature stays declared, so that its mentions are not faults as well.
                self._file.faults.add(
                    f'"{shortened(names[-1])}" may be chosen several times; feature cardinalities are not supported',
                    tokens[at].line,
                    tokens[at].column,
                    "Write each copy as a feature of its own.",
                )
            at += 2
        if at < len(tokens) and tokens[at].text == "{":
            attributes_read, at = self._read_attributes(tokens, at, 0)
            abstract = attributes_read.pop("abstract", False) is True
            attributes |= attributes_read
        if at < len(tokens):
            extra = tokens[at]
            raise Misread(f'"{shortened(extra.text)}" stands after the feature', extra.line, extra.column)
        parent = None if owner is None else parent_of(owner)
        for cut in range(len(names) - 1, 0, -1):
            imported = self._file.imports.get(".".join(names[:cut]))
            if imported is not None:
                return self._spliced(imported, names[cut:], parent, attributes, token), after
        return Feature(self._file.prefix + ".".join(names), parent, abstract, attributes), after

    def _spliced(
        self, imported: Import, names: tuple[str, ...], parent: str | None, attributes: dict[str, object], token: Token
    ) -> Feature:
        """The root of an imported file, with everything below it taken over."""
        part = imported.part
        assert part.root is not None
        root = part.features[part.root]
        own_name = root.id[len(self._file.prefix) :]
        if not own_name.endswith("." + ".".join(names)) and own_name != ".".join(names):
            wanted = ".".join(names)
            raise Misread(
                f'the imported file has the root "{shortened(own_name)}", not "{shortened(wanted)}"',
                token.line,
                token.column,
            )
        if imported.is_referenced:
            raise Misread(f'the import "{shortened(own_name)}" stands in the tree twice', token.line, token.column)
        imported.is_referenced = True
        if attributes:
            self._file.remark(
                "attributes beside an import are passed over; they stand in its file", token.line, token.column
            )
        made = Feature(root.id, parent, root.abstract, root.attributes)
        for each in part.features.values():
            if each.id in self._file.part.features:
                raise Misread(f'the feature "{shortened(each.id)}" is declared twice', token.line, token.column)
            self._file.part.features[each.id] = made if each is root else each
            if each is not root:
                self._file.line_of[each.id] = token.line
        self._file.opened += part.groups
        self._file.part.kept += part.kept
        self._file.part.remarks += part.remarks
        return made

    def _read_attributes(self, tokens: Sequence[Token], at: int, depth: int) -> tuple[dict[str, object], int]:
        """Attributes between braces; `at` is the opening one. Nested ones are bounded in depth."""
        opening = tokens[at]
        if depth > DEEPEST_ATTRIBUTE:
            what = f"attributes are nested more than {DEEPEST_ATTRIBUTE} deep"
            raise Misread(what, opening.line, opening.column)
        found: dict[str, object] = {}
        at += 1
        if at < len(tokens) and tokens[at].text == "}":
            return found, at + 1
        while at < len(tokens):
            token = tokens[at]
            if token.kind != "name":
                what = f'"{shortened(token.text)}" stands where an attribute is expected'
                raise Misread(what, token.line, token.column)
            at += 1
            if token.text == "constraint" and depth == 0:
                at = self._read_constraint_attribute(tokens, at, token)
            elif token.text == "constraints" and depth == 0 and at < len(tokens) and tokens[at].text == "[":
                at += 1
                while at < len(tokens) and tokens[at].text != "]":
                    at = self._read_constraint_attribute(tokens, at, token)
                    if at < len(tokens) and tokens[at].text == ",":
                        at += 1
                at += 1
            else:
                if token.name in found:
                    self._file.remark(
                        f'the attribute "{shortened(token.name)}" is given twice', token.line, token.column
                    )
                found[token.name], at = self._read_value(tokens, at, depth)
            if at < len(tokens) and tokens[at].text == "}":
                return found, at + 1
            if at < len(tokens) and tokens[at].text != ",":
                extra = tokens[at]
                what = f'"," or "}}" is missing before "{shortened(extra.text)}"'
                raise Misread(what, extra.line, extra.column)
            at += 1
        raise Misread('"{" is never closed', opening.line, opening.column)

    def _read_constraint_attribute(self, tokens: Sequence[Token], at: int, token: Token) -> int:
        """Note a constraint inside braces; it is read once every feature is known.

        It holds like any other, whether or not its feature is chosen (java-fm-metamodel, `getFeatureConstraints`).
        """
        start = at
        depth = 0
        while at < len(tokens):
            text = tokens[at].text if tokens[at].kind == "sign" else ""
            if not depth and text in (",", "}", "]"):
                break
            depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
            at += 1
        if start == at:
            raise Misread("a constraint is missing", token.line, token.column)
        self._file.attribute_constraints.append(list(tokens[start:at]))
        return at

    def _read_value(self, tokens: Sequence[Token], at: int, depth: int) -> tuple[object, int]:
        """The value of an attribute, True where there is none."""
        if at >= len(tokens):
            return True, at
        token = tokens[at]
        if token.text == "-" and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
            return _number(tokens[at + 1], negative=True), at + 2
        if token.kind == "number":
            return _number(token), at + 1
        if token.kind == "string":
            return token.text[1:-1], at + 1
        if token.text in ("true", "false"):
            return token.text == "true", at + 1
        if token.kind == "cardinality" and ".." not in token.text:
            return (_number(token._replace(text=token.text[1:-1])),), at + 1
        if token.text == "{":
            return self._read_attributes(tokens, at, depth + 1)
        if token.text == "[":
            if depth > DEEPEST_ATTRIBUTE:
                what = f"attributes are nested more than {DEEPEST_ATTRIBUTE} deep"
                raise Misread(what, token.line, token.column)
            values = []
            at += 1
            while at < len(tokens) and tokens[at].text != "]":
                start = at
                value, at = self._read_value(tokens, at, depth + 1)
                if at == start:
                    what = f'"{shortened(tokens[at].text)}" is no value'
                    raise Misread(what, tokens[at].line, tokens[at].column)
                values.append(value)
                if at < len(tokens) and tokens[at].text == ",":
                    at += 1
                elif at < len(tokens) and tokens[at].text != "]":
                    what = f'"," is missing before "{shortened(tokens[at].text)}"'
                    raise Misread(what, tokens[at].line, tokens[at].column)
            if at >= len(tokens):
                raise Misread('"[" is never closed', token.line, token.column)
            return tuple(values), at + 1
        if token.text in (",", "}", "]") or token.kind == "name":
            return True, at
        raise Misread(f'"{shortened(token.text)}" is no value', token.line, token.column)


def parent_of(owner: str | OpenGroup) -> str:
    return owner if isinstance(owner, str) else owner.parent


def _number(token: Token, *, negative: bool = False) -> int | float:
    value = -number(token) if negative else number(token)
    if "." not in token.text:
        return int(value)
    if abs(value) > sys.float_info.max:
        raise Misread("the number is too large", token.line, token.column)
    return float(value)
