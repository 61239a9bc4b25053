"""What a name can stand for while code is read in running order.

These are the inner loop of the checker, made and dropped by the hundred thousand: plain slotted classes, compared by
identity, shared where Python would share them (a list that is appended to is one :class:`Group` under every name).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from fatesline.model.places import Place

if TYPE_CHECKING:
    from fatesline.checking.flow.scopes import Definition, Module

_T = TypeVar("_T")

#: More alternatives than this for one name are not told apart.
MOST_OPTIONS = 6

#: Marks and sources of one value beyond this many are not told apart.
MOST_ORIGINS = 40

#: Items of a literal list or dict that are kept; tables of data are longer, lists of pipeline steps are not.
MOST_ITEMS = 256


class Mark(NamedTuple):
    """Something that happened to rows and travels with everything made from them.

    Parameters
    ----------
    rule : str
        Id of the rule whose detector made it.
    place : Place
        Of the call that did it.
    name : str
        Qualified name of that call.
    sources : frozenset of int
        Which data it happened to.
    watched : bool
        True: the detector wants to know every call that the marked value goes into.
    lost_through : frozenset of str
        Attributes of the marked value that no longer carry it.
    part : int
        Index of the one member of a pair that carries it; -1 when the call gives a single value.
    """

    rule: str
    place: Place
    name: str
    sources: frozenset[int] = frozenset()
    watched: bool = False
    lost_through: frozenset[str] = frozenset()
    part: int = -1


NO_MARKS: Final[frozenset[Mark]] = frozenset()
NO_SOURCES: Final[frozenset[int]] = frozenset()


class Value:
    """Base of everything a name can stand for."""

    __slots__ = ()


class Literal(Value):
    """A constant written in the code."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Known(Value):
    """An object of a library, under its qualified name; may be a module, class or function."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class OwnModule(Value):
    """A module of the project, or a folder of modules, at its location (path without suffix)."""

    __slots__ = ("location", "module")

    def __init__(self, module: Module | None, location: str) -> None:
        self.module = module
        self.location = location


class Own(Value):
    """A function or class of the project; ``receiver`` is the instance for a bound method."""

    __slots__ = ("definition", "receiver")

    def __init__(self, definition: Definition, receiver: Value | None = None) -> None:
        self.definition = definition
        self.receiver = receiver


class Partial(Value):
    """``functools.partial`` of something."""

    __slots__ = ("function", "keywords", "positional")

    def __init__(self, function: Value, positional: tuple[Value, ...], keywords: dict[str, Value]) -> None:
        self.function = function
        self.positional = positional
        self.keywords = keywords


class Group(Value):
    """A list, tuple, set or dict with known members. ``keys`` is empty unless it is a dict; a key may be unknown."""

    __slots__ = ("items", "keys")

    def __init__(self, items: list[Value], keys: list[object] | None = None) -> None:
        self.items = items
        self.keys = keys

    def under(self, key: object) -> Value | None:
        """The member under a literal key or index; None when that is not known."""
        if self.keys is not None:
            for position in range(len(self.keys) - 1, -1, -1):
                if type(self.keys[position]) is type(key) and self.keys[position] == key:
                    return self.items[position]
            return None
        if type(key) is int and -len(self.items) <= key < len(self.items):
            return self.items[key]
        return None


class Thing(Value):
    """What a call gave, or anything unknown: named after what made it, with the history of its rows.

    Parameters
    ----------
    name : str
        Qualified name of the class or function that made it; empty when unknown.
    role : str
        ``train`` or ``test`` behind a split, empty for rows that nobody has split.
    marks : frozenset of Mark
    sources : frozenset of int
        Which unknown data it was made from.
    own : Definition or None
        The project's class that it is an instance of.
    call : Call or None
        The call that made it.
    """

    __slots__ = ("call", "marks", "name", "own", "role", "sources")

    def __init__(
        self,
        name: str = "",
        role: str = "",
        marks: frozenset[Mark] = NO_MARKS,
        sources: frozenset[int] = NO_SOURCES,
        own: Definition | None = None,
        call: Call | None = None,
    ) -> None:
        self.name = name
        self.role = role
        self.marks = marks
        self.sources = sources
        self.own = own
        self.call = call


class Begun(Thing):
    """A text of which only the beginning is known: ``f"models:/{name}"``."""

    __slots__ = ("start",)

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start


class Opened(Thing):
    """A file opened under a path written in the code."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class Either(Value):
    """One of several, depending on how the code runs."""

    __slots__ = ("options",)

    def __init__(self, options: list[Value]) -> None:
        self.options = options


class Call:
    """One call with what is known of its target and arguments, as detectors see it.

    Parameters
    ----------
    name : str
        Qualified name of what is called: ``sklearn.preprocessing.StandardScaler.fit`` for a method.
    method : str
        Last part of the name for a call on an instance, else empty.
    receiver : Value or None
        The instance of a method call.
    positional : tuple of Value
    keywords : dict
    module : Module
    node : ast.AST
        Where the call stands.
    split : Past or None
        The history of the rows that this call splits; None for other calls.
    """

    __slots__ = ("keywords", "method", "module", "name", "node", "positional", "receiver", "split")

    def __init__(
        self,
        name: str,
        method: str,
        receiver: Value | None,
        positional: tuple[Value, ...],
        keywords: dict[str, Value],
        module: Module,
        node: ast.AST,
    ) -> None:
        self.name = name
        self.method = method
        self.receiver = receiver
        self.positional = positional
        self.keywords = keywords
        self.module = module
        self.node = node
        self.split: Past | None = None

    @property
    def place(self) -> Place:
        """Where the call stands."""
        return self.module.place(self.node)

    def argument(self, position: int, keyword: str) -> Value | None:
        """The argument that may be given either way."""
        if keyword in self.keywords:
            return self.keywords[keyword]
        return self.positional[position] if position < len(self.positional) else None


class Past(NamedTuple):
    """The history of rows: their role, what happened to them, where they came from."""

    role: str
    marks: frozenset[Mark]
    sources: frozenset[int]


NO_PAST: Final = Past("", NO_MARKS, NO_SOURCES)


def joined(one: frozenset[_T], other: frozenset[_T]) -> frozenset[_T]:
    """Both together; a set that has grown large is not added to, or long chains of calls would take quadratic room."""
    if not one:
        return other
    return one if one is other or len(one) >= MOST_ORIGINS else one | other


def past(value: Value, depth: int = 2) -> Past:
    """The history of a value; of a list or dict, that of its first members together."""
    if isinstance(value, Thing):
        return Past(value.role, value.marks, value.sources)
    if depth and isinstance(value, Group):
        return past_of(value.items[:MOST_OPTIONS], depth - 1)
    if depth and isinstance(value, Either):
        return past_of(value.options, depth - 1)
    return NO_PAST


def past_of(values: Iterable[Value], depth: int = 2) -> Past:
    """The joint history of several values; the first split role among them counts."""
    role = ""
    marks = NO_MARKS
    sources = NO_SOURCES
    for value in values:
        kind = type(value)
        if kind is Known or kind is Literal:
            continue
        one: Any = value if kind is Thing else past(value, depth)
        role = role or one.role
        if one.marks:
            marks = joined(marks, one.marks)
        if one.sources:
            sources = joined(sources, one.sources) if sources else one.sources
    return Past(role, marks, sources) if role or marks or sources else NO_PAST


def options(value: Value | None) -> Sequence[Value]:
    """The alternatives of a value; the value itself when there is one."""
    if type(value) is Either:
        return value.options
    return (value,) if value is not None else ()


def either(values: Iterable[Value]) -> Value:
    """One value for several alternatives, without repetitions."""
    if type(values) is list and (len(values) == 1 or (len(values) == 2 and values[0] is values[1])):
        only: Value = values[0]
        return only
    found: dict[object, Value] = {}
    for value in values:
        for option in options(value):
            kind: Any = type(option)
            # Names of the same thing and literals that are written alike are one; everything else is itself only.
            if kind is Literal:
                found.setdefault((type(option.value), option.value), option)  # type: ignore[attr-defined]
            elif kind is Known:
                found.setdefault(option.name, option)  # type: ignore[attr-defined]
            else:
                found.setdefault(option, option)
            if len(found) >= MOST_OPTIONS:
                break
    return next(iter(found.values())) if len(found) == 1 else Either(list(found.values()))


def written(value: Value | None, depth: int = 3) -> str:
    """A literal as Python prints it; empty when the value is not known or long."""
    if type(value) is Thing:
        return ""
    if isinstance(value, Literal):
        text = repr(value.value) if not isinstance(value.value, str) or len(value.value) <= 200 else ""
        return text if len(text) <= 200 else ""
    if isinstance(value, Begun):
        return repr(f"{value.start[:200]}…")
    if isinstance(value, Either):
        # A parameter's default, unless a caller says otherwise.
        return next((text for option in value.options if (text := written(option, 0))), "")
    if isinstance(value, Group) and depth and len(value.items) <= 20:
        items = [written(item, depth - 1) for item in value.items]
        if not all(items):
            return ""
        if value.keys is None:
            return f"[{', '.join(items)}]"
        return "{" + ", ".join(f"{key!r}: {item}" for key, item in zip(value.keys, items, strict=True)) + "}"
    return ""
