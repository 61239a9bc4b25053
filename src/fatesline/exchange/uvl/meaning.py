"""What a constraint of UVL means over the declared features, and what can be decided of its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from fatesline.exchange.imported import joined, shortened
from fatesline.exchange.uvl.expressions import BINDING, COMPARISONS, FUNCTIONS, Misread, Node, quoted
from fatesline.exchange.uvl.feature_lines import TYPE_KEY
from fatesline.model.features import Feature
from fatesline.model.formula import Formula, disjunction, equivalence, feature, implication, negation

#: An equation over at most this many features is turned into a formula; the table behind it has two to this power rows.
MOST_DECIDED = 8


class Undecided(Exception):
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
        # The root of the outermost file holds in every configuration; that of an imported one need not.
        self._always = "" if prefix else next((each.id for each in features.values() if each.parent is None), "")
        self._attribute_names: set[str] | None = None
        self._sums: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[str, Fraction]]] = {}

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
            case sign if sign in COMPARISONS:
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
        involved = list(dict.fromkeys(name for name in self._involved(node) if name != self._always))
        if len(involved) <= MOST_DECIDED:
            rows = []
            for row in range(1 << len(involved)):
                chosen = {name for place, name in enumerate(involved) if row >> (len(involved) - 1 - place) & 1}
                if self._always:
                    chosen.add(self._always)
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
            elif part.sign in BINDING and BINDING[part.sign] <= 6:
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

    def _summed(self, node: Node) -> list[tuple[str, Fraction]]:
        """The features a sum goes over, with their values."""
        attribute, *below = node.parts
        key = (attribute.names, below[0].names if below else ())
        if key not in self._sums:
            self._sums[key] = list(self._summands(attribute, below[0] if below else None))
        return self._sums[key]

    def _summands(self, attribute: Node, below: Node | None) -> Iterator[tuple[str, Fraction]]:
        if len(attribute.names) != 1 or not self._is_attribute(attribute.names[0]):
            raise Undecided("the value of a typed feature")
        if below is None:
            waiting = [each.id for each in self._features.values() if each.parent not in self._features]
        else:
            resolved = self._resolved(below.names)
            if resolved is None or resolved[1]:
                raise Undecided("a sum below an attribute")
            waiting = [resolved[0]]
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
            kind = "typed" if TYPE_KEY in self._features[feature_id].attributes else "Boolean"
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
            if TYPE_KEY in declared.attributes and len(names) == end + 1:
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
        if sign in FUNCTIONS:
            first, *rest = node.parts
            resolves = sign not in ("sum", "avg") or not self._is_attribute(first.names[0])
            inner = self.written(first) if resolves else ".".join(quoted(name) for name in first.names)
            return f"{sign}({', '.join([inner, *(self.written(part) for part in rest)])})"
        own = BINDING[sign]
        if sign == "!":
            text = f"!{self.written(node.parts[0], own)}"
        elif sign == "negative" and node.parts[0].sign == "number":
            return f"-{node.parts[0].token.text}"
        elif sign == "negative":
            # The grammar knows no minus before a name.
            own = BINDING["-"]
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
