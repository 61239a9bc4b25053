"""Facts: what is seen in the files under check, before anything is said about its meaning.

A new kind of input file is one module in ``readers`` and its line in :data:`READERS`, for code, or in
:data:`DOCUMENTS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from fatesline.checking.detectors.detector import Sighting
from fatesline.checking.ignores import Ignore
from fatesline.checking.readers import containers, dependencies, notebooks, other_files, python_files, yaml_files
from fatesline.checking.readers.reading import Problem, Reading
from fatesline.model.places import Place

Role = Literal["call", "reference", "import", "file"]
Reach = Literal["live", "dead", "test"]


class Fact(NamedTuple):
    """One call, import, handed-over name or file.

    Parameters
    ----------
    name : str
        Qualified name after resolving imports, aliases and re-exports, without private modules on its way; the path for
        a file. A method of an instance follows the class: ``sklearn.svm.SVC.fit``.
    place : Place
    role : {'call', 'reference', 'import', 'file'}
        ``reference``: a function or class handed to a call, which may call it.
    scope : str
        Qualified name of the module, function or method around it.
    positional : tuple of str
        Literal arguments as Python prints them; empty text for one that is not a literal.
    keywords : mapping of str to str
        The same by keyword, arguments from a literal ``**dict`` included.
    reach : {'live', 'dead', 'test'}
        ``dead``: in code that nothing calls. ``test``: in a test file.
    """

    name: str
    place: Place
    role: Role = "call"
    scope: str = ""
    positional: tuple[str, ...] = ()
    keywords: Mapping[str, str] = MappingProxyType({})
    reach: Reach = "live"


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything seen below one folder, or in one file.

    Parameters
    ----------
    files : tuple of str
        Files that were read, sorted.
    facts : tuple of Fact
        By file and position, without repetitions.
    sightings : tuple of Sighting
        What detectors saw, by rule and place.
    problems : tuple of Problem
        What could not be read, and why.
    ignores : tuple of Ignore
        Comments that ask to ignore findings.
    """

    files: tuple[str, ...]
    facts: tuple[Fact, ...]
    sightings: tuple[Sighting, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignores: tuple[Ignore, ...] = ()


class Reader(Protocol):
    """Reads one file's bytes; never fails, but reports."""

    def __call__(self, path: str, raw: bytes) -> Reading: ...


#: Code, by suffix, lower case.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".ipynb": notebooks.read,
        ".py": python_files.read,
        ".pyw": python_files.read,
    }
)

#: Other files, by the pattern that their name fits, lower case; the first one counts.
DOCUMENTS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"mlproject\Z|.*\.ya?ml\Z"), yaml_files.read),
    (re.compile(r"(dockerfile|containerfile)([ ._-].*)?\Z|.*\.dockerfile\Z"), containers.read_dockerfile),
    (re.compile(r".*(requirements|constraints).*\.(txt|in|pip)\Z"), dependencies.read_requirements),
    (re.compile(r"pyproject\.toml\Z"), dependencies.read_project_table),
    (re.compile(r"pipfile\Z"), dependencies.read_pipfile),
    (re.compile(r".*\.sh\Z"), other_files.read_shell),
    (re.compile(r"(readme|.*card|.*datasheet).*\.md\Z"), other_files.read_card),
    (re.compile(r".*(pipeline|definition|workflow).*\.json\Z"), other_files.read_definition),
)


def reader_of(path: str) -> Reader | None:
    """What reads a file; None for files of which only the name counts."""
    pure = PurePosixPath(path)
    reader = READERS.get(pure.suffix.lower())
    if reader is not None:
        return reader
    name = pure.name.lower()
    return next((reader for pattern, reader in DOCUMENTS if pattern.match(name)), None)
