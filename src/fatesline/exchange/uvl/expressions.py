"""The words of UVL and its full constraint language, read by operator precedence.

The reader takes plain Boolean lines by a shorter way; everything else, and every faulty line, comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, cast

from fatesline.exchange.imported import shortened
from fatesline.model.formula import DEEPEST

#: Digits; the longest binary floating-point number written out has under 800.
LONGEST_NUMBER = 1000

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

#: An unquoted name; wider than the official grammar, which begins with a Latin letter.
NAME = r"""[^\W\d][\w#§%?\\';]*"""

TokenKind = Literal["name", "cardinality", "number", "string", "sign", "line", "bad"]

BINDING = {
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
COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_PREFIXES = frozenset(("!", "negative"))
FUNCTIONS = frozenset(("sum", "avg", "len", "floor", "ceil"))
_FLAT = frozenset(("&", "|", "+", "*"))


class Token(NamedTuple):
    """A word of UVL with its place, line and column from 1; a tuple, since there are many."""

    kind: TokenKind
    text: str
    line: int
    column: int

    @property
    def name(self) -> str:
        """The name without its quotes."""
        return self.text[1:-1] if self.text[0] == '"' else self.text


class Misread(Exception):
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
        kind = cast(TokenKind, match.lastgroup)
        yield Token(kind, match[kind], line, match.start(kind) + 1)


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
            raise meaningless(token)
        if text in closers and token.kind == "sign" and not open_parentheses:
            break
        index += 1
        if expects_operand:
            if token.kind == "name":
                node, index = _reference(tokens, index - 1)
                operands.append(node)
                expects_operand = False
            elif token.kind == "number":
                operands.append(Node("number", token, value=number(token)))
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
        elif text in BINDING:
            if text in COMPARISONS:
                _reduce(operands, operators, BINDING[text] + 1)
                if operators and operators[-1].text in COMPARISONS:
                    raise Misread("comparisons cannot be chained", token.line, token.column, "Join them by &.")
            _reduce(operands, operators, BINDING[text])
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


def meaningless(token: Token) -> Misread:
    """The fault of a character that begins no word."""
    what = "a quote is never closed" if token.text in "\"'" else f'"{shortened(token.text)}" means nothing here'
    return Misread(what, token.line, token.column)


def has_arithmetic(node: Node) -> bool:
    """Whether a comparison occurs in the constraint."""
    waiting = [node]
    for current in waiting:
        if current.sign in COMPARISONS:
            return True
        waiting += current.parts
    return False


def number(token: Token) -> Fraction:
    """The value of a number, exactly.

    Raises
    ------
    Misread
        If it has too many digits to mean anything.
    """
    if len(token.text) > LONGEST_NUMBER:
        raise Misread(f"the number has more than {LONGEST_NUMBER} digits", token.line, token.column)
    return Fraction(token.text)


def _reference(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    """A dotted name, or a function of dotted names."""
    token = tokens[index]
    names, index = dotted(tokens, index)
    if token.text not in FUNCTIONS or len(names) > 1 or index >= len(tokens) or tokens[index].text != "(":
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
    while operators and operators[-1].text != "(" and BINDING[operators[-1].text] >= binding:
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
