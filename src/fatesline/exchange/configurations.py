"""Configurations of other tools, and our own: which features are chosen, and which are ruled out."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from xml.parsers import expat

from fatesline.exchange.files import bytes_of, decoded
from fatesline.exchange.imported import Enough, Faults, shortened
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import FeatureModel

_BY_SELECTION = {"selected": True, "unselected": False}


def read_configuration(path: Path, model: FeatureModel) -> Configuration:
    r"""Read a configuration, in the format its suffix names.

    Parameters
    ----------
    path : Path
        ``.json``: ``{"feature": true, "other": false}``, a list of chosen features, or an object with the keys
        ``chosen`` and, if need be, ``ruled_out``. ``.xml``: a configuration of FeatureIDE; what it selected by itself
        is taken over too. Any other suffix: a feature on each line, ``!`` before those ruled out, in quotation marks
        if need be; lines beginning with ``#`` say nothing.
    model : FeatureModel
        The features it may name.

    Returns
    -------
    Configuration
        In the order of the file.

    Raises
    ------
    UserError
        Every fault found, with line and column: features that do not exist, features decided both ways.
    """
    content, faults = bytes_of(path), Faults(str(path))
    try:
        match path.suffix.lower():
            case ".json":
                decisions = _from_json(decoded(content, str(path)), faults)
            case ".xml":
                decisions = _from_xml(content, faults)
            case _:
                decisions = _from_lines(decoded(content, str(path)), model, faults)
        made: dict[str, Decision] = {}
        known: dict[str, object] = dict.fromkeys(model.ids)
        for name, chosen, line, column in decisions:
            if name not in model:
                faults.add_unknown(name, known, line, column)
            elif name in made and made[name].chosen != chosen:
                faults.add(f'"{shortened(name)}" is both chosen and ruled out', line, column)
            else:
                made.setdefault(name, Decision(name, chosen))
    except Enough:
        pass
    faults.raise_found()
    return Configuration(made)


#: Name, chosen or not, line and column.
_Seen = tuple[str, bool, int, int]


def _from_lines(text: str, model: FeatureModel, faults: Faults) -> list[_Seen]:
    seen = []
    for at, line in enumerate(text.split("\n"), 1):
        name = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        if not name or (name.startswith("#") and name not in model):
            continue
        chosen = name in model or not name.startswith("!")
        if not chosen:
            name = name[1:].lstrip()
        if len(name) > 1 and name[0] == name[-1] == '"' and name not in model:
            name = name[1:-1]
        if name:
            seen.append((name, chosen, at, column))
        else:
            faults.add("a feature is missing", at, column)
    return seen


def _from_json(text: str, faults: Faults) -> list[_Seen]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as fault:
        faults.add(f"this is no JSON: {fault.msg[:1].lower()}{fault.msg[1:]}", fault.lineno, fault.colno)
        return []
    except RecursionError:
        faults.add("this is nested too deeply", 1, 1)
        return []
    named: list[tuple[object, object]]
    if isinstance(value, dict) and isinstance(value.get("chosen"), list):
        named = [*((name, True) for name in value["chosen"]), *((name, False) for name in _listed(value, "ruled_out"))]
    elif isinstance(value, dict):
        named = list(value.items())
    elif isinstance(value, list):
        named = [(name, True) for name in value]
    else:
        named = [(None, None)]
    places = _Places(text)
    seen = []
    for name, chosen in named:
        line, column = places.of(name) if isinstance(name, str) else (1, 1)
        if isinstance(name, str) and isinstance(chosen, bool):
            seen.append((name, chosen, line, column))
        else:
            shown = json.dumps({name: chosen} if isinstance(name, str) else name)
            what = f"{shortened(shown)} is no decision on a feature"
            faults.add(what, line, column, 'Write {"feature": true, "other": false} or ["feature"].')
    return seen


def _listed(value: dict[str, object], key: str) -> Iterable[object]:
    found = value.get(key, [])
    return found if isinstance(found, list) else [found]


class _Places:
    """Lines and columns of names in JSON, asked for in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [at for at, letter in enumerate(text) if letter == "\n"]
        self._reached = 0

    def of(self, name: str) -> tuple[int, int]:
        """Where the name stands next; the last place found if it is written in another way."""
        found = self._text.find(json.dumps(name, ensure_ascii=False), self._reached)
        at = found if found >= 0 else max(self._reached - 1, 0)
        self._reached = at + 1
        line = bisect_left(self._ends, at)
        return line + 1, at - (self._ends[line - 1] if line else -1)


def _from_xml(content: bytes, faults: Faults) -> list[_Seen]:
    seen: list[_Seen] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        if tag != "feature":
            return
        if "name" not in attributes:
            faults.add("a feature has no name", line, column)
            return
        for key in ("manual", "automatic"):
            state = attributes.get(key, "undefined")
            if state in _BY_SELECTION:
                seen.append((attributes["name"], _BY_SELECTION[state], line, column))
                return

    def refuse(*_: object) -> None:
        faults.add("a document type is refused", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        raise Enough

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        what = expat.ErrorString(fault.code)
        faults.add(f"this is no well-formed XML: {what}", fault.lineno, fault.offset + 1)
    except (ValueError, LookupError) as fault:
        faults.add(f"the encoding cannot be read: {fault}", 1, 1, "Save the file as UTF-8.")
    return seen
