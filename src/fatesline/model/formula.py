"""The propositional language of constraints: parse, print, evaluate.

Written with ``!``, ``&``, ``|``, ``=>``, ``<=>`` and parentheses over feature ids, binding in that order; ``=>`` and
``<=>`` associate to the left, as in UVL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from fatesline.errors import UserError

Kind = Literal["feature", "not", "and", "or", "implies", "iff"]

#: Deeper formulas are refused: no person writes them, and every reader may then recurse safely.
DEEPEST = 200

_TOKEN = re.compile(r"\s*(?:(<=>|=>|[!&|()])|([A-Za-z_][A-Za-z0-9_.\-]*))")
_BINDING = {"<=>": 1, "=>": 2, "|": 3, "&": 4, "!": 5}
_KIND_OF: dict[str, Kind] = {"<=>": "iff", "=>": "implies", "|": "or", "&": "and"}
_SIGN_OF = {kind: sign for sign, kind in _KIND_OF.items()}


@dataclass(frozen=True, slots=True)
class Formula:
    """A propositional formula over feature ids.

    Parameters
    ----------
    kind : {'feature', 'not', 'and', 'or', 'implies', 'iff'}
        ``not`` has one part, ``implies`` and ``iff`` two, ``and`` and ``or`` any number (none: true and false).
    parts : tuple of Formula
        Operands.
    feature : str
        Feature id; empty unless ``kind`` is ``feature``.
    """

    kind: Kind
    parts: tuple[Formula, ...] = ()
    feature: str = ""

    def variables(self) -> frozenset[str]:
        """Ids of the features that occur."""
        found = set()
        waiting = [self]
        # Grows while it is gone over: breadth first, without a pop for every part.
        for formula in waiting:
            if formula.parts:
                waiting += formula.parts
            elif formula.feature:
                found.add(formula.feature)
        return frozenset(found)

    def holds_in(self, chosen: Collection[str]) -> bool:
        """Truth when exactly the given features are chosen."""
        match self.kind:
            case "feature":
                return self.feature in chosen
            case "not":
                return not self.parts[0].holds_in(chosen)
            case "and":
                return all(part.holds_in(chosen) for part in self.parts)
            case "or":
                return any(part.holds_in(chosen) for part in self.parts)
            case "implies":
                return not self.parts[0].holds_in(chosen) or self.parts[1].holds_in(chosen)
            case "iff":
                return self.parts[0].holds_in(chosen) == self.parts[1].holds_in(chosen)

    def renamed(self, name_of: Callable[[str], str]) -> Formula:
        """The same formula over other ids."""
        if self.kind == "feature":
            return Formula("feature", feature=name_of(self.feature))
        return Formula(self.kind, tuple(part.renamed(name_of) for part in self.parts))

    def __str__(self) -> str:
        return _printed(self, 0)


def feature(feature_id: str) -> Formula:
    """The formula that holds when the feature is chosen."""
    return Formula("feature", feature=feature_id)


def negation(part: Formula) -> Formula:
    """``!part``."""
    return Formula("not", (part,))


def conjunction(parts: Iterable[Formula]) -> Formula:
    """``a & b & ...``; true when empty."""
    return Formula("and", tuple(parts))


def disjunction(parts: Iterable[Formula]) -> Formula:
    """``a | b | ...``; false when empty."""
    return Formula("or", tuple(parts))


def implication(left: Formula, right: Formula) -> Formula:
    """``left => right``."""
    return Formula("implies", (left, right))


def equivalence(left: Formula, right: Formula) -> Formula:
    """``left <=> right``."""
    return Formula("iff", (left, right))


def parse(text: str) -> Formula:
    """Read a formula.

    Parameters
    ----------
    text : str
        For example ``"reweighing | exponentiated_gradient => estimator_accepts_weights"``.

    Returns
    -------
    Formula
        Nested ``&`` and ``|`` are flattened.

    Raises
    ------
    UserError
        With the column (from 1) of the first fault.
    """
    operands: list[tuple[Formula, int]] = []
    operators: list[tuple[str, int]] = []
    expects_operand = True
    for sign, name, column in _tokens(text):
        if expects_operand:
            if name:
                operands.append((feature(name), 1))
                expects_operand = False
            elif sign in ("!", "("):
                operators.append((sign, column))
            else:
                raise _fault(f'"{sign}" stands where a feature is expected', column)
        elif name or sign in ("!", "("):
            raise _fault(f'an operator is missing before "{name or sign}"', column)
        elif sign == ")":
            _reduce(operands, operators, 0)
            if not operators:
                raise _fault('")" without "("', column)
            operators.pop()
        else:
            _reduce(operands, operators, _BINDING[sign])
            operators.append((sign, column))
            expects_operand = True
    if expects_operand:
        raise _fault("the formula ends where a feature is expected", len(text) + 1)
    _reduce(operands, operators, 0)
    if operators:
        raise _fault('"(" is never closed', operators[-1][1])
    return operands[0][0]


def _tokens(text: str) -> Iterable[tuple[str, str, int]]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            column = position + len(text[position:]) - len(text[position:].lstrip()) + 1
            raise _fault(f'"{text[column - 1]}" means nothing here', column)
        yield match[1] or "", match[2] or "", match.end() - len(match[1] or match[2]) + 1
        position = match.end()


def _reduce(operands: list[tuple[Formula, int]], operators: list[tuple[str, int]], binding: int) -> None:
    """Apply the operators on the stack that bind at least as strongly, down to an open parenthesis."""
    while operators and operators[-1][0] != "(" and _BINDING[operators[-1][0]] >= binding:
        sign, column = operators.pop()
        right, right_depth = operands.pop()
        if sign == "!":
            made, depth = negation(right), right_depth + 1
        else:
            left, left_depth = operands.pop()
            kind = _KIND_OF[sign]
            flat = kind in ("and", "or") and left.kind == kind
            made = Formula(kind, (*left.parts, right) if flat else (left, right))
            depth = max(left_depth, right_depth + 1) if flat else max(left_depth, right_depth) + 1
        if depth > DEEPEST:
            raise _fault(f"the formula is nested more than {DEEPEST} deep", column)
        operands.append((made, depth))


def _fault(what: str, column: int) -> UserError:
    return UserError(what, where=f"column {column}")


def _printed(formula: Formula, binding: int) -> str:
    match formula.kind:
        case "feature":
            return formula.feature
        case "not":
            return f"!{_printed(formula.parts[0], _BINDING['!'])}"
    if not formula.parts:
        raise ValueError("an empty conjunction or disjunction has no written form")
    sign = _SIGN_OF[formula.kind]
    own = _BINDING[sign]
    # Left-associative: the right operand of an arrow needs parentheses at equal strength, the left one does not.
    first, *others = formula.parts
    text = f" {sign} ".join([_printed(first, own), *(_printed(part, own + 1) for part in others)])
    return f"({text})" if own < binding else text
