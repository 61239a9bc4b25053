"""The feature tree of a UVL file: indentation, groups, and the short way for plain features."""

from __future__ import annotations

import re
from typing import cast

from fatesline.exchange.imported import shortened
from fatesline.exchange.uvl.expressions import KEYWORDS, NAME, Misread
from fatesline.exchange.uvl.feature_lines import FeatureLines, parent_of
from fatesline.exchange.uvl.file import File, OpenGroup
from fatesline.model.features import Feature, Group

_FEATURE_LINE = re.compile(rf"""(?:"([^"\n.]+)"|({NAME}))(?:[ \t]*(\{{[ \t]*abstract[ \t]*\}}))?""")
_CARDINALITY = re.compile(r"\[[ \t]*(\d+)[ \t]*(?:\.\.[ \t]*(\d+|\*)[ \t]*)?\]")
_GROUP_KINDS = frozenset(("mandatory", "optional", "alternative", "or"))
_INDENT_HINT = "Indent it like the lines it belongs to; a tab counts up to the next multiple of 8."


class TreeReader:
    """Reads the section ``features``."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._feature_lines = FeatureLines(file)

    def read(self, index: int) -> int:
        lines = self._file.lines
        features = self._file.part.features
        line_of = self._file.line_of
        widths: dict[str, int] = {}
        open_widths: list[int] = []
        owners: list[str | OpenGroup] = []
        prefix = self._file.prefix
        match_feature = _FEATURE_LINE.fullmatch
        while index < len(lines):
            line = lines[index]
            body = line.strip(" \t")
            index += 1
            if not body:
                continue
            indent = line[: line.index(body[0])]
            if not indent:
                index -= 1
                break
            width = widths.get(indent)
            if width is None:
                width = widths[indent] = len(indent.expandtabs(8))
            dedented = False
            while open_widths and open_widths[-1] > width:
                open_widths.pop()
                owners.pop()
                dedented = True
            if open_widths:
                if open_widths[-1] == width:
                    open_widths.pop()
                    owners.pop()
                elif dedented:
                    self._file.faults.add("the indentation fits no line above", index, len(indent) + 1, _INDENT_HINT)
            owner = owners[-1] if owners else None
            if body in _GROUP_KINDS or body[0] == "[":
                if type(owner) is not str:
                    self._file.faults.add(
                        f"the group {shortened(body)} stands below no feature", index, len(indent) + 1, _INDENT_HINT
                    )
                    # A group without a place still takes its members, so that they are not faults of their own.
                    owner = ""
                group = self._opened_group(body, owner, index, len(indent) + 1)
                self._file.opened.append(group)
                open_widths.append(width)
                owners.append(group)
                continue
            match = match_feature(body)
            if match is not None and (match[1] or match[2] not in KEYWORDS):
                declared = prefix + (match[1] or match[2])
                made = Feature(declared, None if owner is None else parent_of(owner), match[3] is not None)
            else:
                try:
                    made, index = self._feature_lines.declared(index - 1, len(indent), owner)
                except Misread as misread:
                    self._file.misread(misread)
                    index = max(index, misread.line)
                    # Keep its place, so that the lines below are not faults of their own.
                    open_widths.append(width)
                    owners.append("")
                    continue
                declared = made.id
            if owner is None:
                if self._file.part.root is None:
                    self._file.part.root = declared
                else:
                    what = f'"{shortened(declared)}" would be a second root beside "{shortened(self._file.part.root)}"'
                    self._file.faults.add(what, index, len(indent) + 1, _INDENT_HINT)
            elif type(owner) is str:
                what = f'"{shortened(declared)}" stands directly below the feature "{shortened(owner)}"'
                way_on = "Put a line mandatory, optional, or, alternative or [n..m] between them."
                if owner:
                    self._file.faults.add(what, index, len(indent) + 1, way_on)
            else:
                cast(OpenGroup, owner).members.append(declared)
            if declared in line_of:
                what = f'the feature "{shortened(declared)}" is declared twice, first in line {line_of[declared]}'
                self._file.faults.add(what, index, len(indent) + 1)
            else:
                line_of[declared] = index
                if declared not in features:
                    features[declared] = made
            open_widths.append(width)
            owners.append(declared)
        return index

    def _opened_group(self, body: str, parent: str, line: int, column: int) -> OpenGroup:
        if body[0] != "[":
            return OpenGroup(body, parent, line, column)
        match = _CARDINALITY.fullmatch(body)
        if match is None or len(body) > 60:
            self._file.faults.add(
                f'"{shortened(body)}" is no cardinality', line, column, "Write [2..4], [1..*] or [2]."
            )
            return OpenGroup("optional", parent, line, column)
        minimum = int(match[1])
        maximum = None if match[2] == "*" else int(match[2] or match[1])
        if maximum is not None and maximum < minimum:
            self._file.faults.add(f"{body} can never hold: {minimum} is more than {maximum}", line, column)
            return OpenGroup("optional", parent, line, column)
        return OpenGroup("cardinality", parent, line, column, minimum, maximum)

    def close_groups(self) -> None:
        """Turn groups into those of the model, now that their members are known."""
        groups = self._file.part.groups
        for group in self._file.opened:
            if isinstance(group, Group):
                groups.append(group)
                continue
            members, size = tuple(group.members), len(group.members)
            if not size:
                if not self._file.faults:
                    self._file.faults.add(f"the group {group.kind} has no members", group.line, group.column)
            elif group.kind == "mandatory":
                groups.append(Group(group.parent, members, size, size))
            elif group.kind == "alternative":
                groups.append(Group(group.parent, members, 1, 1))
            elif group.kind == "or":
                groups.append(Group(group.parent, members, 1, size))
            elif group.kind == "cardinality":
                if group.minimum > size:
                    what = f"the group asks for {group.minimum} members and has {size}; it can never hold"
                    self._file.faults.add(what, group.line, group.column)
                    continue
                maximum = size if group.maximum is None else group.maximum
                if maximum > size:
                    self._file.remark(f"the group allows {maximum} members and has {size}", group.line, group.column)
                groups.append(Group(group.parent, members, group.minimum, min(maximum, size)))
