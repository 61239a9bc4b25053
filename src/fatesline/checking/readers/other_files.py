"""Shell scripts, model and data cards, pipeline definitions in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers import dependencies, shell
from fatesline.checking.readers.containers import image
from fatesline.checking.readers.reading import Reading, decoded_text, refused
from fatesline.model.places import Place

#: What front matter of a card on the Hugging Face hub holds.
_OF_A_MODEL = re.compile(r"^(library_name|pipeline_tag|model-index|base_model|model_name)\s*:", re.MULTILINE)
_OF_DATA = re.compile(
    r"^(dataset_info|task_categories|size_categories|annotations_creators|pretty_name)\s*:", re.MULTILINE
)
_HEADING = re.compile(r"^#+\s*(?P<of>model|data|dataset)\s*(card|sheet)\b", re.MULTILINE | re.IGNORECASE)


def read_shell(path: str, raw: bytes) -> Reading:
    """The commands of a shell script or a Makefile's recipes."""
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    seen: list[Seen] = []
    packages: list[dependencies.Package] = []
    for command in shell.commands(text):
        seen += shell.facts_of(command, Place(path, command.line))
        packages += dependencies.installed_by(command)
    return Reading(text=text, seen=(*seen, *dependencies.facts_of(packages, path)))


def read_card(path: str, raw: bytes) -> Reading:
    """Whether a Markdown file is a model or a data card: by its front matter, or a heading that says so."""
    text = decoded_text(raw)
    if text is None:
        return Reading()
    seen = []
    front = re.match(r"---\n(?P<front>.*?)\n---\s*(?:\n|\Z)", text, re.DOTALL)
    if front is not None:
        for name, pattern in (("model", _OF_A_MODEL), ("data", _OF_DATA)):
            if pattern.search(front["front"]) is not None:
                seen.append(Seen(f"card.{name}", "call", Place(path, 1), (), {}))
    heading = _HEADING.search(text)
    if heading is not None:
        of = "model" if heading["of"].lower() == "model" else "data"
        line = text.count("\n", 0, heading.start()) + 1
        seen.append(Seen(f"card.{of}", "call", Place(path, line), (), {}))
    return Reading(text=text, seen=tuple(seen))


def read_definition(path: str, raw: bytes) -> Reading:
    """A SageMaker pipeline definition; any other JSON shows nothing."""
    text = decoded_text(raw)
    if text is None or '"Steps"' not in text or '"Type"' not in text:
        return Reading()
    try:
        definition = json.loads(text)
    except (ValueError, RecursionError):
        return Reading(text=text)
    steps = definition.get("Steps") if isinstance(definition, dict) else None
    return Reading(text=text, seen=tuple(_steps(steps, path, text)))


def _steps(steps: Any, path: str, text: str) -> Iterator[Seen]:
    for step in steps if isinstance(steps, list) else ():
        kind = step.get("Type") if isinstance(step, dict) else None
        if not isinstance(kind, str):
            continue
        name = json.dumps(step.get("Name", ""))
        place = Place(path, text.count("\n", 0, max(text.find(name), 0)) + 1)
        yield Seen(f"sagemaker.step.{kind}", "call", place, (name,), {})
        arguments = step.get("Arguments")
        for inner in _values_of(arguments, "ImageUri") if isinstance(arguments, dict) else ():
            yield from image(inner, place)
        if kind == "Condition" and isinstance(arguments, dict):
            for branch in ("IfSteps", "ElseSteps"):
                yield from _steps(arguments.get(branch), path, text)


def _values_of(node: Any, key: str) -> Iterator[str]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if isinstance(current.get(key), str):
                yield current[key]
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
