"""Dockerfiles, and images wherever they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers import dependencies, shell
from fatesline.checking.readers.reading import Reading, decoded_text, refused
from fatesline.model.places import Place

_MOVING = frozenset({"latest", "stable", "edge", "nightly", "master", "main", "dev", "devel", "develop", "current"})
_VARIABLE = re.compile(r"\$(\{)?(?P<name>\w+)(?(1)\})")
_INSTRUCTION = re.compile(r"\s*(?P<name>[A-Za-z]+)\s+(?P<rest>.*)", re.DOTALL)


def image(name: str, place: Place) -> Iterator[Seen]:
    """An image by its name: is it one version?"""
    name = name.strip().strip("\"'")
    if not name or "$" in name or "{{" in name or name == "scratch" or any(sign.isspace() for sign in name):
        return
    bare, _, digest = name.removeprefix("docker://").partition("@")
    path, colon, tag = bare.rpartition(":")
    if not colon or "/" in tag:
        path, tag = bare, ""
    short = re.sub(r"[^\w-]", "_", path.rpartition("/")[2])
    if not short:
        return
    is_pinned = bool(digest) or (bool(tag) and tag.lower() not in _MOVING)
    yield Seen(f"image.{short}", "call", place, (repr(name),), {"tag": repr(tag), "digest": repr(digest)})
    yield Seen(f"container.{'pinned' if is_pinned else 'unpinned'}", "call", place, (repr(name),), {})


def read_dockerfile(path: str, raw: bytes) -> Reading:
    """The instructions of a Dockerfile."""
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    seen: list[Seen] = []
    packages: list[dependencies.Package] = []
    stages: set[str] = set()
    given: dict[str, str] = {}
    for number, instruction in _instructions(text):
        match = _INSTRUCTION.match(instruction)
        if match is None:
            continue
        name, rest = match["name"].upper(), match["rest"].strip()
        place = Place(path, number)
        if name == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            if words and words[0].lower() not in stages:
                seen += image(_with_arguments(words[0], given), place)
            if len(words) > 2 and words[1].upper() == "AS":
                stages.add(words[2].lower())
        elif name in ("ARG", "ENV"):
            settings = list(_settings(rest))
            if name == "ARG":
                given |= {key: value for key, value in settings if value}
            seen += (
                Seen(f"docker.{name.lower()}", "call", place, (repr(key),), {"value": repr(value)})
                for key, value in settings
            )
        elif name in ("RUN", "CMD", "ENTRYPOINT"):
            if "type=secret" in rest:
                seen.append(Seen("secret.mounted", "call", place, (), {}))
            for command in shell.commands(_as_shell(rest)):
                moved = command._replace(line=number + command.line - 1)
                seen += shell.facts_of(moved, Place(path, moved.line))
                if name == "RUN":
                    packages += dependencies.installed_by(moved)
    seen += dependencies.facts_of(packages, path)
    return Reading(text=text, seen=tuple(seen))


def _with_arguments(name: str, given: Mapping[str, str]) -> str:
    """An image's name with the values that ARG gives; one that has none stays a variable."""
    return _VARIABLE.sub(lambda match: given.get(match["name"], match[0]), name)


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    """Each instruction with its continuation lines, and the line on which it begins."""
    start = 0
    parts: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("#"):
            if parts:
                parts.append("")
            continue
        if not parts:
            start = number
        stripped = line.rstrip()
        parts.append(stripped)
        if not stripped.endswith("\\"):
            yield start, "\n".join(parts)
            parts = []
    if parts:
        yield start, "\n".join(parts)


def _as_shell(rest: str) -> str:
    """The exec form ``["python", "serve.py"]`` as a line."""
    if rest.startswith("["):
        return " ".join(re.findall(r'"([^"]*)"', rest))
    return re.sub(r"\A(--\w+=\S+\s+)+", "", rest)


def _settings(rest: str) -> Iterator[tuple[str, str]]:
    rest = rest.replace("\\\n", " ")
    pairs = re.findall(r"([A-Za-z_]\w*)=(\"[^\"]*\"|'[^']*'|\S*)", rest)
    if not pairs:
        words = rest.split(None, 1)
        pairs = [(words[0], words[1] if len(words) > 1 else "")] if words else []
    for name, value in pairs:
        yield name, value.strip("\"'")
