"""Workflow files as fixes see them: their nodes, and positions in bytes."""

from __future__ import annotations

import yaml

from fatesline.model.places import Edit

#: Workflows are short; what is larger or deeper was made by a program.
_MOST_BYTES = 200_000


class YamlText:
    """One YAML file in block style.

    Parameters
    ----------
    raw : bytes

    Raises
    ------
    ValueError
        If it is not UTF-8, cannot be parsed, or is too large to be written by hand.
    """

    def __init__(self, raw: bytes) -> None:
        if len(raw) > _MOST_BYTES:
            raise ValueError("not a workflow written by hand")
        try:
            self.text = raw.decode("utf-8")
            self.top = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
            raise ValueError("it cannot be parsed") from None
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.lines = self.text.split("\n")

    def member(self, node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        """Key and value nodes of a mapping."""
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if isinstance(name, yaml.ScalarNode) and name.value == key:
                    return name, value
        return None

    def item_at(self, line: int) -> tuple[yaml.SequenceNode, yaml.Node] | None:
        """The innermost item of a list in block style that a line from 1 stands in, with its list."""
        found = None
        waiting = [self.top]
        known = set()
        while waiting:
            node = waiting.pop()
            # A node that aliases repeat is looked at once.
            if id(node) in known:
                continue
            known.add(id(node))
            if isinstance(node, yaml.MappingNode):
                waiting += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                for item in node.value:
                    if not node.flow_style and item.start_mark.line < line <= self.last_line(item) + 1:
                        found = node, item
                waiting += node.value
        return found

    def dash(self, item: yaml.Node) -> int | None:
        """The column of the dash before an item; None where it does not stand on the item's line."""
        before = self.lines[item.start_mark.line][: item.start_mark.column]
        return len(before.rstrip()) - 1 if before.strip() == "-" else None

    def last_line(self, item: yaml.Node) -> int:
        """The last line of an item, from 0: comments and blank lines that follow it do not count."""
        dash = self.dash(item)
        end: int = item.end_mark.line
        if item.end_mark.column == 0:
            end -= 1
        end = min(end, len(self.lines) - 1)
        while end > item.start_mark.line:
            line = self.lines[end]
            if line.strip() and (dash is None or len(line) - len(line.lstrip()) > dash):
                break
            end -= 1
        return end

    def inserted_after_line(self, line: int, lines: list[str]) -> Edit:
        """Put lines behind one, counted from 0."""
        text = "".join(f"{self.newline}{one}" for one in lines)
        at = len("\n".join(self.lines[: line + 1]).rstrip("\r").encode())
        return Edit(at, at, text)

    def inserted_before_line(self, line: int, lines: list[str]) -> Edit:
        """Put lines before one, counted from 0."""
        at = len("".join(f"{one}\n" for one in self.lines[:line]).encode())
        return Edit(at, at, "".join(f"{one}{self.newline}" for one in lines))
