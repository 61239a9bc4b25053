"""Settings that code loads from a YAML or JSON file of the project, under a path written in the code."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection
from typing import Any

import yaml

from fatesline.checking.flow.values import Group, Literal, Thing, Value
from fatesline.checking.readers.yaml_nodes import documents

#: Calls that give what a file holds, and are handed the open file; and those that are handed its path.
FROM_OPENED = frozenset(
    {"json.load", "yaml.full_load", "yaml.load", "yaml.safe_load", "yaml.unsafe_load", "ujson.load", "orjson.load"}
)
FROM_PATH = frozenset({"omegaconf.OmegaConf.load", "anyconfig.load"})
#: Calls that read one file by themselves.
OF_A_TOOL = {"dvc.api.params_show": "params.yaml"}

#: Larger files are data.
_MOST_SIGNS = 100_000
_MOST_VALUES = 2_000

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Settings:
    """The settings files of a project, each parsed once, when code first loads it.

    Parameters
    ----------
    names : collection of str
        Paths of all files that may be read, relative to what is checked.
    text_of : callable
        A path among them -> its text; None if it has none.
    """

    def __init__(self, names: Collection[str], text_of: Callable[[str], str | None]) -> None:
        self._names = names
        self._text_of = text_of
        self._parsed: dict[str, Any] = {}

    def loaded(self, written: str, importer: str) -> Value | None:
        """What a file holds, as code that loads it sees it; None if it is no settings file of the project.

        Parameters
        ----------
        written : str
            The path as the code has it.
        importer : str
            The file that loads it; its folder and those above it are where the path may start.
        """
        if not written.lower().endswith((".yaml", ".yml", ".json")) or len(written) > 300:
            return None
        folder = posixpath.dirname(importer)
        while True:
            name = posixpath.normpath(posixpath.join(folder, written))
            if name in self._names:
                break
            if not folder:
                return None
            folder = posixpath.dirname(folder)
        if name not in self._parsed:
            self._parsed[name] = self._parse(name)
        # Made anew each time: code may change what it has loaded.
        left = [_MOST_VALUES]
        return _value(self._parsed[name], left)

    def _parse(self, name: str) -> Any:
        text = self._text_of(name)
        if text is None or len(text) > _MOST_SIGNS:
            return None
        try:
            if name.lower().endswith(".json"):
                return json.loads(text)
            return next(iter(documents(text)), None)
        except (ValueError, RecursionError, yaml.YAMLError):
            return None


def _value(node: Any, left: list[int], depth: int = 12) -> Value:
    left[0] -= 1
    if left[0] < 0 or not depth:
        return Thing()
    if isinstance(node, dict):
        return Group([_value(one, left, depth - 1) for one in node.values()], [str(key) for key in node])
    if isinstance(node, list):
        return Group([_value(one, left, depth - 1) for one in node[:256]])
    if type(node) is str or not isinstance(node, str):
        return Literal(node)
    return Literal(_scalar(str(node)))


def _scalar(text: str) -> object:
    """A scalar of YAML; whether it stood in quotes is not told apart."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _NUMBER.match(text):
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    return text
