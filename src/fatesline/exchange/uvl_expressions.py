"""The full constraint language of UVL: tokens, operator precedence, and what can be decided of its arithmetic.

The reader takes plain Boolean lines by a shorter way; everything else, and every faulty line, comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fatesline.exchange.imported import joined, shortened
from fatesline.model.features import Feature
from fatesline.model.formula import DEEPEST, Formula, disjunction, equivalence, feature, implication, negation

#: An equation over at most this many features is turned into a formula; the table behind it has two to this power rows.
MOST_DECIDED = 8

_TOKEN = re.compile(
    r"""[ \t]*(?:
      (?P<name>"[^"\n]+"|[^\W\d][\w#§%?\\';]*)
    | (?P<cardinality>\[\d+(?:\.\.(?:\d+|\*))?\])
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<string>'[^'\n]*')
    | (?P<sign><=>|=>|==|!=|<=|>=|[-+*/<>!&|(){}\[\],.])
    | (?P<line>\n)
    | (?P<bad>[^ \t\n])
    )""",
    re.VERBOSE,
)

TokenKind = Literal["name", "cardinality", "number", "string", "sign", "line", "bad"]

_BINDING = {
    "<=>": 1,
    "=>": 2,
    "|": 3,
    "&": 4,
    "!": 5,
    "==": 6,
    "!=": 6,
    "<": 6,
    "<=": 6,
    ">": 6,
    ">=": 6,
    "+": 7,
    "-": 7,
    "*": 8,
    "/": 8,
    "negative": 9,
}
_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_PREFIXES = frozenset(("!", "negative"))
_FUNCTIONS = frozenset(("sum", "avg", "len", "floor", "ceil"))
_FLAT = frozenset(("&", "|", "+", "*"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of UVL with its place, line and column from 1."""

    kind: TokenKind
    text: str
    line: int
    column: int

    @property
    def name(self) -> str:
        """The name without its quotes."""
        return self.text[1:-1] if self.text[0] == '"' else self.text


class Misread(Exception):  # noqa: N818 - never leaves the reader, which turns it into a fault with its file
    """Where and why a line could not be read."""

    def __init__(self, what: str, line: int, column: int, way_on: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        self.column = column
        self.way_on = way_on


def tokens_of(text: str, line: int) -> Iterator[Token]:
    """The words of one line; no word goes over its end."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        yield Token(kind, match[kind], line, match.start(kind) + 1)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a constraint: an operator or function over parts, a reference, a number or a string.

    ``sign`` is the operator, ``name`` for a reference (``names``), ``number`` (``value``), ``string`` or a function.
    """

    sign: str
    token: Token
    parts: tuple[Node, ...] = ()
    names: tuple[str, ...] = ()
    value: Fraction = Fraction(0)
    depth: int = 1


def parsed(tokens: Sequence[Token], start: int = 0, *, closers: frozenset[str] = frozenset()) -> tuple[Node, int]:
    """Read one constraint.

    Parameters
    ----------
    tokens : sequence of Token
        Without line ends.
    start : int
        Index of the first token.
    closers : frozenset of str
        Signs that end the constraint where they stand outside its parentheses.

    Returns
    -------
    Node
    int
        Index after the constraint.

    Raises
    ------
    Misread
        With the place of the first fault.
    """
    operands: list[Node] = []
    operators: list[Token] = []
    open_parentheses: list[Token] = []
    expects_operand = True
    index = start
    while index < len(tokens):
        token = tokens[index]
        text = token.text
        if token.kind == "bad":
            what = "a quote is never closed" if text in "\"'" else f'"{shortened(text)}" means nothing here'
            raise Misread(what, token.line, token.column)
        if text in closers and token.kind == "sign" and not open_parentheses:
            break
        index += 1
        if expects_operand:
            if token.kind == "name":
                node, index = _reference(tokens, index - 1)
                operands.append(node)
                expects_operand = False
            elif token.kind == "number":
                operands.append(Node("number", token, value=Fraction(text)))
                expects_operand = False
            elif token.kind == "string":
                operands.append(Node("string", token))
                expects_operand = False
            elif token.kind == "sign" and text in ("!", "("):
                operators.append(token)
                if text == "(":
                    open_parentheses.append(token)
                if len(open_parentheses) > DEEPEST or len(operators) > 8 * DEEPEST:
                    raise _too_deep(token)
            elif token.kind == "sign" and text == "-":
                operators.append(Token("sign", "negative", token.line, token.column))
                if len(operators) > 8 * DEEPEST:
                    raise _too_deep(token)
            else:
                raise Misread(f'"{shortened(text)}" stands where a feature is expected', token.line, token.column)
        elif token.kind != "sign" or text in "!([{" or text == ".":
            raise Misread(f'an operator is missing before "{shortened(text)}"', token.line, token.column)
        elif text == ")":
            if not open_parentheses:
                raise Misread('")" without "("', token.line, token.column)
            _reduce(operands, operators, 0)
            operators.pop()
            open_parentheses.pop()
        elif text in _BINDING:
            if text in _COMPARISONS:
                _reduce(operands, operators, _BINDING[text] + 1)
                if operators and operators[-1].text in _COMPARISONS:
                    raise Misread("comparisons cannot be chained", token.line, token.column, "Join them by &.")
            _reduce(operands, operators, _BINDING[text])
            operators.append(token)
            expects_operand = True
        else:
            raise Misread(f'"{shortened(text)}" means nothing here', token.line, token.column)
    if expects_operand:
        last = tokens[min(index, len(tokens) - 1)] if tokens else Token("bad", "", 1, 1)
        column = last.column if index < len(tokens) else last.column + len(last.text)
        raise Misread("the constraint ends where a feature is expected", last.line, column)
    if open_parentheses:
        raise Misread('"(" is never closed', open_parentheses[-1].line, open_parentheses[-1].column)
    _reduce(operands, operators, 0)
    return operands[0], index


def has_arithmetic(node: Node) -> bool:
    """Whether a comparison occurs in the constraint."""
    waiting = [node]
    for current in waiting:
        if current.sign in _COMPARISONS:
            return True
        waiting += current.parts
    return False


def _reference(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    """A dotted name, or a function of dotted names."""
    token = tokens[index]
    names, index = dotted(tokens, index)
    if token.text not in _FUNCTIONS or len(names) > 1 or index >= len(tokens) or tokens[index].text != "(":
        return Node("name", token, names=names), index
    arguments = []
    while True:
        index += 1
        if index >= len(tokens) or tokens[index].kind != "name":
            raise Misread(f"{token.text}(...) takes names", token.line, token.column)
        inner = tokens[index]
        names, index = dotted(tokens, index)
        arguments.append(Node("name", inner, names=names))
        if index < len(tokens) and tokens[index].text == ")":
            break
        if index >= len(tokens) or tokens[index].text != ",":
            raise Misread(f'"(" of {token.text} is never closed', token.line, token.column)
    most = 2 if token.text in ("sum", "avg") else 1
    if len(arguments) > most:
        raise Misread(f"{token.text}(...) takes at most {most} names", token.line, token.column)
    return Node(token.text, token, tuple(arguments), depth=2), index + 1


def dotted(tokens: Sequence[Token], index: int) -> tuple[tuple[str, ...], int]:
    """The names of ``a.b.c`` starting at the index, and the index after them."""
    names = [tokens[index].name]
    while index + 1 < len(tokens) and tokens[index + 1].text == "." and tokens[index + 1].kind == "sign":
        dot = tokens[index + 1]
        if index + 2 >= len(tokens) or tokens[index + 2].kind != "name":
            raise Misread("a name is missing after the dot", dot.line, dot.column)
        names.append(tokens[index + 2].name)
        index += 2
    return tuple(names), index + 1


def _reduce(operands: list[Node], operators: list[Token], binding: int) -> None:
    while operators and operators[-1].text != "(" and _BINDING[operators[-1].text] >= binding:
        token = operators.pop()
        right = operands.pop()
        if token.text in _PREFIXES:
            made = Node(token.text, token, (right,), depth=right.depth + 1)
        else:
            left = operands.pop()
            sign = token.text
            if sign == "-":
                sign, right = "+", Node("negative", token, (right,), depth=right.depth + 1)
            if sign in _FLAT and left.sign == sign:
                # Sums and clauses of thousands of parts are written by programs; they stay flat.
                made = Node(sign, left.token, (*left.parts, right), depth=max(left.depth, right.depth + 1))
            else:
                made = Node(sign, token, (left, right), depth=max(left.depth, right.depth) + 1)
        if made.depth > DEEPEST:
            raise _too_deep(token)
        operands.append(made)


def _too_deep(token: Token) -> Misread:
    return Misread(f"the constraint is nested more than {DEEPEST} deep", token.line, token.column)


class Undecided(Exception):  # noqa: N818 - a way out of the recursion, never shown
    """Why a constraint is kept instead of reasoned about."""


class Meaning:
    """What constraints mean over the declared features.

    Parameters
    ----------
    features : mapping of str to Feature
        By id.
    prefix : str
        What the ids of this file begin with, where it is imported.
    children : mapping of str to list of str
        Ids of children by parent.

    Notes
    -----
    An attribute counts 0 where its feature is not chosen, and ``sum`` and ``avg`` go over the chosen features, as in
    `ConvertSMTLevel` and `LiteralExpression.evaluate` of the UVL reference implementation (java-fm-metamodel).
    """

    def __init__(self, features: Mapping[str, Feature], prefix: str, children: Mapping[str, list[str]]) -> None:
        self._features = features
        self._prefix = prefix
        self._children = children
        self._attribute_names: set[str] | None = None

    def unknown(self, node: Node) -> list[Node]:
        """References in the constraint that name neither a feature nor an attribute."""
        waiting = [node]
        found = []
        while waiting:
            current = waiting.pop()
            if current.sign in ("sum", "avg"):
                attribute, *below = current.parts
                if len(attribute.names) != 1 or not self._is_attribute(attribute.names[0]):
                    # sum over a typed feature is written in the reference models.
                    waiting.append(attribute)
                waiting += below
            elif current.sign == "name":
                if self._resolved(current.names) is None:
                    found.append(current)
            else:
                waiting += current.parts
        return sorted(found, key=lambda each: (each.token.line, each.token.column))

    def formula(self, node: Node) -> Formula | bool:
        """The constraint as a formula, or its constant truth.

        Raises
        ------
        Undecided
            If it cannot be put as a formula of moderate size.
        Misread
            If a number or string stands where a truth value is needed.
        """
        match node.sign:
            case "name":
                resolved = self._resolved(node.names)
                assert resolved is not None
                feature_id, attribute = resolved
                if attribute:
                    raise Undecided("the value of an attribute")
                return feature(feature_id)
            case "!":
                inner = self.formula(node.parts[0])
                return not inner if isinstance(inner, bool) else negation(inner)
            case "&" | "|":
                return self._joined(node)
            case "=>":
                left, right = (self.formula(part) for part in node.parts)
                if isinstance(left, bool):
                    return right if left else True
                if isinstance(right, bool):
                    return True if right else negation(left)
                return implication(left, right)
            case "<=>":
                left, right = (self.formula(part) for part in node.parts)
                if isinstance(left, bool):
                    left, right = right, left
                if isinstance(right, bool):
                    return left if right else (not left if isinstance(left, bool) else negation(left))
                assert not isinstance(left, bool)
                return equivalence(left, right)
            case sign if sign in _COMPARISONS:
                return self._decided(node)
        token = node.token
        raise Misread(f'"{shortened(token.text)}" is no truth value', token.line, token.column)

    def _joined(self, node: Node) -> Formula | bool:
        kind, absorbing = ("and", False) if node.sign == "&" else ("or", True)
        parts = []
        for part in node.parts:
            inner = self.formula(part)
            if inner is absorbing:
                return absorbing
            if not isinstance(inner, bool):
                parts.append(inner)
        return joined(kind, parts) if parts else not absorbing

    def _decided(self, node: Node) -> Formula | bool:
        involved = list(dict.fromkeys(self._involved(node)))
        if len(involved) <= MOST_DECIDED:
            rows = []
            for row in range(1 << len(involved)):
                chosen = {name for place, name in enumerate(involved) if row >> (len(involved) - 1 - place) & 1}
                rows.append(_compared(node.sign, *(self._value(part, chosen) for part in node.parts)))
            return _expanded(tuple(rows), tuple(involved))
        low, high = self._bounds(Node("+", node.token, (node.parts[0], Node("negative", node.token, node.parts[1:]))))
        always = {
            "<": high < 0,
            "<=": high <= 0,
            ">": low > 0,
            ">=": low >= 0,
            "==": low == high == 0,
            "!=": low > 0 or high < 0,
        }[node.sign]
        never = {
            "<": low >= 0,
            "<=": low > 0,
            ">": high <= 0,
            ">=": high < 0,
            "==": low > 0 or high < 0,
            "!=": low == high == 0,
        }[node.sign]
        if always or never:
            return always
        raise Undecided(f"arithmetic over {len(involved)} features")

    def _involved(self, node: Node) -> Iterator[str]:
        for part, own in self._terms(node):
            if part.sign in ("sum", "avg"):
                yield from (feature_id for feature_id, _ in self._summed(part))
            elif own is not None:
                yield own

    def _terms(self, node: Node) -> Iterator[tuple[Node, str | None]]:
        """Sums, and references with the feature whose attribute they name."""
        waiting = list(node.parts[::-1])
        while waiting:
            part = waiting.pop()
            if part.sign in ("sum", "avg"):
                yield part, None
            elif part.sign == "name":
                yield part, self._numeric(part)[0]
            elif part.sign == "string":
                raise Undecided("a comparison of texts")
            elif part.sign == "len":
                raise Undecided("the length of a text")
            elif part.sign in _BINDING and _BINDING[part.sign] <= 6:
                raise Misread(
                    f'"{part.token.text}" stands where a number is expected', part.token.line, part.token.column
                )
            else:
                waiting += part.parts[::-1]

    def _value(self, node: Node, chosen: set[str]) -> Fraction:
        match node.sign:
            case "number":
                return node.value
            case "name":
                feature_id, value = self._numeric(node)
                return value if feature_id in chosen else Fraction(0)
            case "negative":
                return -self._value(node.parts[0], chosen)
            case "+":
                return sum((self._value(part, chosen) for part in node.parts), Fraction(0))
            case "*":
                product = Fraction(1)
                for part in node.parts:
                    product *= self._value(part, chosen)
                return product
            case "/":
                left, right = (self._value(part, chosen) for part in node.parts)
                return _divided(left, right)
            case "floor":
                return Fraction(self._value(node.parts[0], chosen).__floor__())
            case "ceil":
                return Fraction(self._value(node.parts[0], chosen).__ceil__())
            case "sum" | "avg":
                values = [value for feature_id, value in self._summed(node) if feature_id in chosen]
                total = sum(values, Fraction(0))
                return total if node.sign == "sum" else _divided(total, Fraction(len(values)))
        raise Undecided("arithmetic")

    def _bounds(self, node: Node) -> tuple[Fraction, Fraction]:
        """Bounds of a linear expression over all choices of features; not always reached."""
        zero = Fraction(0)
        match node.sign:
            case "number":
                return node.value, node.value
            case "name":
                value = self._numeric(node)[1]
                return min(zero, value), max(zero, value)
            case "negative":
                low, high = self._bounds(node.parts[0])
                return -high, -low
            case "+":
                ends = [self._bounds(part) for part in node.parts]
                return sum((low for low, _ in ends), zero), sum((high for _, high in ends), zero)
            case "*":
                low, high = Fraction(1), Fraction(1)
                for part in node.parts:
                    products = [a * b for a in (low, high) for b in self._bounds(part)]
                    low, high = min(products), max(products)
                return low, high
            case "sum":
                values = [value for _, value in self._summed(node)]
                return sum((v for v in values if v < 0), zero), sum((v for v in values if v > 0), zero)
        raise Undecided("arithmetic over many features")

    def _summed(self, node: Node) -> Iterator[tuple[str, Fraction]]:
        attribute = node.parts[0]
        if len(attribute.names) != 1 or not self._is_attribute(attribute.names[0]):
            raise Undecided("the value of a typed feature")
        waiting: list[str] = []
        if len(node.parts) > 1:
            resolved = self._resolved(node.parts[1].names)
            if resolved is None or resolved[1]:
                raise Undecided("a sum below an attribute")
            waiting.append(resolved[0])
        else:
            waiting += [each.id for each in self._features.values() if each.parent not in self._features]
        while waiting:
            current = waiting.pop()
            value = self._features[current].attributes.get(attribute.names[0])
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield current, Fraction(repr(value))
            waiting += reversed(self._children.get(current, ()))

    def _numeric(self, node: Node) -> tuple[str, Fraction]:
        resolved = self._resolved(node.names)
        assert resolved is not None
        feature_id, path = resolved
        if not path:
            kind = "typed" if "uvl.type" in self._features[feature_id].attributes else "Boolean"
            raise Undecided(f"the value of a {kind} feature")
        value: object = self._features[feature_id].attributes
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Undecided("a comparison of texts" if isinstance(value, str) else "the value of an attribute")
        return feature_id, Fraction(repr(value))

    def _resolved(self, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        """Feature id and path of an attribute below it; the longest feature name wins."""
        for end in range(len(names), 0, -1):
            feature_id = self._prefix + ".".join(names[:end])
            declared = self._features.get(feature_id)
            if declared is None:
                continue
            value: object = declared.attributes
            for key in names[end:]:
                if not isinstance(value, Mapping) or key not in value:
                    break
                value = value[key]
            else:
                return feature_id, names[end:]
            if "uvl.type" in declared.attributes and len(names) == end + 1:
                # An attribute that only a value could give, as in `SpicyLvl.Price`.
                return feature_id, names[end:]
        return None

    def _is_attribute(self, name: str) -> bool:
        if self._attribute_names is None:
            self._attribute_names = {key for each in self._features.values() for key in each.attributes}
        return name in self._attribute_names

    def written(self, node: Node, binding: int = 0) -> str:
        """The constraint in UVL, names with the prefix of the import."""
        sign = node.sign
        if sign == "name":
            resolved = self._resolved(node.names)
            names = node.names if resolved is None else (*(self._prefix + ".".join(node.names)).split("."),)
            return ".".join(quoted(name) for name in names)
        if sign in ("number", "string"):
            return node.token.text
        if sign in _FUNCTIONS:
            first, *rest = node.parts
            resolves = sign not in ("sum", "avg") or not self._is_attribute(first.names[0])
            inner = self.written(first) if resolves else ".".join(quoted(name) for name in first.names)
            return f"{sign}({', '.join([inner, *(self.written(part) for part in rest)])})"
        own = _BINDING[sign]
        if sign == "!":
            text = f"!{self.written(node.parts[0], own)}"
        elif sign == "negative" and node.parts[0].sign == "number":
            return f"-{node.parts[0].token.text}"
        elif sign == "negative":
            # The grammar knows no minus before a name.
            own = _BINDING["-"]
            text = f"0 - {self.written(node.parts[0], own + 1)}"
        elif sign == "+":
            text = self.written(node.parts[0], own)
            for part in node.parts[1:]:
                minus = part.sign == "negative"
                text += f" - {self.written(part.parts[0], own + 1)}" if minus else f" + {self.written(part, own + 1)}"
        else:
            first, *others = node.parts
            text = f" {sign} ".join([self.written(first, own), *(self.written(part, own + 1) for part in others)])
        return f"({text})" if own < binding else text


#: Words of the language, which a name may repeat only in quotes.
KEYWORDS = frozenset(
    (
        "include",
        "features",
        "imports",
        "namespace",
        "as",
        "constraint",
        "constraints",
        "cardinality",
        "String",
        "Boolean",
        "Integer",
        "Real",
        "Type",
        "Arithmetic",
        "len",
        "sum",
        "avg",
        "floor",
        "ceil",
        "or",
        "alternative",
        "optional",
        "mandatory",
        "true",
        "false",
    )
)
_STRICT = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")


def quoted(name: str) -> str:
    """One part of a reference as UVL writes it."""
    return name if _STRICT.fullmatch(name) and name not in KEYWORDS else f'"{name}"'


def _compared(sign: str, left: Fraction, right: Fraction) -> bool:
    match sign:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def _divided(left: Fraction, right: Fraction) -> Fraction:
    if right == 0:
        raise Undecided("a division by zero where a feature is not chosen")
    return left / right


def _expanded(rows: tuple[bool, ...], names: tuple[str, ...]) -> Formula | bool:
    """The formula with this truth table; the first name is the leading digit of the row's number."""
    if all(rows):
        return True
    if not any(rows):
        return False
    half = len(rows) // 2
    without, own = _expanded(rows[:half], names[1:]), feature(names[0])
    chosen = _expanded(rows[half:], names[1:])
    if rows[:half] == rows[half:]:
        return without
    if isinstance(without, bool) and isinstance(chosen, bool):
        return own if chosen else negation(own)
    if isinstance(chosen, bool):
        assert not isinstance(without, bool)
        return disjunction((own, without)) if chosen else Formula("and", (negation(own), without))
    if isinstance(without, bool):
        return disjunction((negation(own), chosen)) if without else Formula("and", (own, chosen))
    return Formula("and", (disjunction((negation(own), chosen)), disjunction((own, without))))
