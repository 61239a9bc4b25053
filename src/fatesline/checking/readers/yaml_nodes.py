"""YAML as plain values that know their lines; bounded, and never built into objects."""

from __future__ import annotations

from typing import Any

import yaml

#: Deeper nesting is refused, so that every reader may recurse safely.
DEEPEST = 60
#: With every alias written out, a document may hold this many values.
MOST_VALUES = 100_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Word(str):
    """A scalar as written, ``true`` and ``3`` included.

    Attributes
    ----------
    line : int
        Where it begins, from 1.
    first : int
        The line of its first line of text; for a block, the one below its indicator.
    """

    __slots__ = ("first", "line")
    line: int
    first: int

    def __new__(cls, text: str, line: int, *, is_block: bool = False) -> Word:
        word = super().__new__(cls, text)
        word.line = line
        word.first = line + is_block
        return word


#: A document: nested dicts and lists of words. Keys are words too, and so know their lines.
Node = Any


def documents(text: str) -> list[Node]:
    """The documents of a YAML text.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML.
    ValueError
        If it is nested too deeply, or too large with its aliases written out. An alias within what it stands for is
        left empty.
    """
    found: list[Node] = []
    stack: list[list[Any]] = []
    anchors: dict[str, tuple[Node, int]] = {}
    count = 0
    for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER):
        if isinstance(event, yaml.ScalarEvent):
            mark: Any = event.start_mark
            node: Node = Word(event.value, mark.line + 1, is_block=event.style in ("|", ">"))
            size = 1
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(stack) >= DEEPEST:
                raise ValueError("nested too deeply")
            stack.append([event, [], 1])
            continue
        elif isinstance(event, yaml.AliasEvent):
            node, size = anchors.get(event.anchor or "", ("", 1))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            start, items, size = stack.pop()
            node = items if isinstance(start, yaml.SequenceStartEvent) else _mapping(items)
            event = start
        else:
            continue
        count += size
        if count > MOST_VALUES:
            raise ValueError("too large with its aliases written out")
        if not isinstance(event, yaml.AliasEvent) and event.anchor:
            anchors[event.anchor] = (node, size)
        if stack:
            stack[-1][1].append(node)
            stack[-1][2] += size
        else:
            found.append(node)
    return found


def _mapping(items: list[Node]) -> dict[str, Node]:
    merged: dict[str, Node] = {}
    own: dict[str, Node] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if key == "<<" and isinstance(value, dict):
            merged.update(value)
        elif isinstance(key, str):
            own[key] = value
    return {**merged, **own}
