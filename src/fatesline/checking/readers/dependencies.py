"""Lists of packages: requirements files, conda environments, ``pip install`` in commands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers.reading import Reading, decoded_text, refused
from fatesline.checking.readers.shell import Command
from fatesline.checking.readers.yaml_nodes import Node, Word
from fatesline.model.places import Place

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
#: A direct reference holds one version if it names a commit or a file with a version.
_FIXED_ADDRESS = re.compile(
    r"@[0-9a-f]{7,40}(#|\Z)|@v?\d+(\.\d+)+(#|\Z)|\d+\.\d+[^/]*\.(whl|zip|tar\.gz|tgz)|/archive/"
)
#: A variable behind it is one version, decided elsewhere.
_EXACT = re.compile(r"={2,3}\s*([\w.!+-]+(\.\*)?|\$\{?\w+)")

#: Installing these for a workflow's own work brings no library into the program.
_TOOLS = frozenset(
    (
        "bandit", "black", "build", "coverage", "flake8", "hatch", "isort", "jupyter", "mypy", "nbconvert", "nox",
        "pdm", "pip", "pipenv", "poetry", "pre-commit", "pylint", "pytest", "pytest-cov", "ruff", "setuptools", "tox",
        "twine", "uv", "virtualenv", "wheel",
    )
)  # fmt: skip


class Package(NamedTuple):
    """One package asked for.

    Parameters
    ----------
    name : str
        Lower case with dashes.
    line : int
    is_pinned : bool
    cell : int or None
        Of a notebook.
    """

    name: str
    line: int
    is_pinned: bool
    cell: int | None = None


def package(text: str, line: int) -> Package | None:
    """What one requirement asks for; None for options, paths and what is no requirement."""
    text = re.split(r"\s#|;", text.strip().removesuffix("\\"), maxsplit=1)[0].strip()
    if not text or text[0] in "#-./$<%{":
        return None
    if "://" in text:
        name, _, address = text.rpartition(" @ ")
        egg = re.search(r"#egg=([\w.-]+)", address)
        name = name or (egg[1] if egg is not None else address.rstrip("/").rpartition("/")[2].partition(".git")[0])
        return Package(_plain(name), line, _FIXED_ADDRESS.search(address) is not None)
    match = _NAME.match(text)
    if match is None:
        return None
    rest = re.sub(r"\[[^\]]*\]", "", text[match.end() :]).strip()
    if rest and rest[0] not in "=<>!~(@,":
        return None
    return Package(_plain(match[0]), line, _EXACT.match(rest.strip("() ")) is not None)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip().partition("[")[0]).lower()


def facts_of(packages: Sequence[Package], file: str) -> Iterator[Seen]:
    """Every package, and whether all, some or none of them have one version."""
    places = [Place(file, one.line, 0, one.cell) for one in packages]
    for one, place in zip(packages, places, strict=True):
        if one.name:
            yield Seen(f"requirement.{one.name}", "import", place, (), {"pinned": repr(one.is_pinned)})
    pinned = [place for one, place in zip(packages, places, strict=True) if one.is_pinned]
    if pinned:
        how = "pinned" if len(pinned) == len(packages) else "partly_pinned"
        yield Seen(f"dependency.{how}", "call", pinned[0], (), {})
    for one, place in zip(packages, places, strict=True):
        if not one.is_pinned:
            yield Seen("dependency.unpinned", "call", place, (repr(one.name),), {})


def read_requirements(path: str, raw: bytes) -> Reading:
    """A requirements file; with hashes or not."""
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        one = package(line, number)
        if one is not None:
            found.append(one)
    return Reading(text=text, seen=tuple(facts_of(found, path)))


def read_project_table(path: str, raw: bytes) -> Reading:
    """``pyproject.toml``: what it depends on. A library states ranges there, so that nothing is said of pins."""
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return refused("form", path, str(error)[:200])
    project = table.get("project")
    listed = project.get("dependencies") if isinstance(project, dict) else None
    names = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    tool = table.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    by_name = poetry.get("dependencies") if isinstance(poetry, dict) else None
    names += [name for name in by_name if name != "python"] if isinstance(by_name, dict) else []
    seen = []
    lines = text.split("\n")
    for name in names:
        one = package(name, 0)
        if one is not None:
            line = next((at for at, line in enumerate(lines, start=1) if name in line), 0)
            seen.append(Seen(f"requirement.{one.name}", "import", Place(path, line), (), {}))
    return Reading(text=text, seen=tuple(seen))


def read_pipfile(path: str, raw: bytes) -> Reading:
    """``Pipfile``: the packages of a program and their versions; those for its development are left out."""
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    try:
        listed = tomllib.loads(text).get("packages")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return refused("form", path, str(error)[:200])
    lines = text.split("\n")
    found = []
    for name, wanted in listed.items() if isinstance(listed, dict) else ():
        version = wanted.get("version", wanted.get("ref", "")) if isinstance(wanted, dict) else wanted
        if isinstance(wanted, dict) and ("path" in wanted or "file" in wanted):
            continue
        line = next((at for at, one in enumerate(lines, start=1) if one.strip().strip("\"'").startswith(name)), 0)
        is_pinned = isinstance(version, str) and (_EXACT.match(version) is not None or "ref" in (wanted or ()))
        found.append(Package(_plain(name), line, is_pinned))
    return Reading(text=text, seen=tuple(facts_of(found, path)))


def conda_packages(dependencies: list[Node]) -> Iterator[Package]:
    """The packages of a conda environment; ``python`` among them is no package of the program."""
    for item in dependencies:
        if isinstance(item, dict):
            for inner in item.get("pip", ()) if isinstance(item.get("pip"), list) else ():
                one = package(inner, inner.line) if isinstance(inner, Word) else None
                if one is not None:
                    yield one
        elif isinstance(item, Word):
            name = re.split(r"[=<>\s]", item.rpartition("::")[2], maxsplit=1)[0]
            if name not in ("python", "pip", "") and not name.startswith(("$", "{")):
                exact = re.search(r"[^<>!~]==?\s*\d[\w.]*", item) is not None
                yield Package(_plain(name), item.line, exact and ">" not in item)


def installed_by(command: Command) -> Iterator[Package]:
    """What a ``pip install`` or ``conda install`` asks for by name."""
    words = list(command.words)
    if words[0] == "uv" and len(words) > 1:
        words = words[1:]
    if words[0] not in ("pip", "pip3", "conda", "mamba") or "install" not in words[1:3]:
        return
    skip = False
    for word in words[words.index("install") + 1 :]:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in ("-r", "-c", "-e", "-i", "-f", "-t", "-n", "-p", "--requirement", "--index-url", "--target",
                            "--extra-index-url", "--constraint", "--find-links", "--editable", "--channel", "--timeout",
                            "--default-timeout", "--retries", "--python", "--progress-bar", "--root", "--proxy",
                            "--name", "--prefix", "--trusted-host", "--cache-dir", "--platform")  # fmt: skip
        else:
            one = package(word.replace("=", "==", 1) if words[0] in ("conda", "mamba") else word, command.line)
            if one is not None and one.name not in _TOOLS and not word.endswith((".txt", ".whl")):
                yield one
