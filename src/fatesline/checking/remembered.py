"""What reading a tree gave, kept for the next check of the same files.

Kept in the user's own cache folder, never in the folder under check: a repository must not bring a cache along that
hides what is in it. Kept as JSON under a hash of everything that the result depends on, so that nothing is run on
reading and nothing can be out of date.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from fatesline.catalog.entry import Entry, Text
from fatesline.checking.detectors.detector import Sighting
from fatesline.checking.facts import reader_of
from fatesline.checking.ignores import Ignore
from fatesline.checking.inventory import Progress, inventory
from fatesline.checking.readers import notebooks
from fatesline.checking.readers.reading import Problem
from fatesline.checking.recognise import Evidence, recognise
from fatesline.checking.tree import files_below
from fatesline.errors import UserError
from fatesline.files import write_whole
from fatesline.model.places import Place

T = TypeVar("T")

_FORM = 1

#: Results kept; the oldest go first.
_MOST_RESULTS = 64


@dataclass(frozen=True, slots=True)
class Known:
    """What a check needs to know of a tree.

    Parameters
    ----------
    files : tuple of str
        Files that were read.
    evidence : mapping of str to Evidence
    sightings : tuple of Sighting
    problems : tuple of Problem
    ignores : tuple of Ignore
    """

    files: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    sightings: tuple[Sighting, ...]
    problems: tuple[Problem, ...]
    ignores: tuple[Ignore, ...]


def user_cache() -> Path:
    """Where results are kept for this user."""
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = str(Path.home() / "Library" / "Caches")
    else:
        root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root) / "fatesline" / "checks"


def known_of(
    path: Path,
    entries: Mapping[str, Entry],
    progress: Progress | None = None,
    *,
    contents: Mapping[str, bytes] = MappingProxyType({}),
    cache: Path | None = None,
) -> Known:
    """Read a tree, or take what reading the same files gave before.

    Parameters
    ----------
    path : Path
    entries : mapping of str to Entry
        Those of the catalog.
    progress : callable, optional
    contents : mapping of str to bytes
        Files that are read as if they held this; nothing is kept then.
    cache : Path, optional
        Folder of earlier results; none are used or kept without it.

    Raises
    ------
    UserError
        If there is no such file or folder.
    """
    if cache is None or contents:
        return _read(path, entries, progress, contents)
    key = key_of(path, entries)
    known = recalled(cache, key, _from_data)
    if known is None:
        known = _read(path, entries, progress, contents)
        # A file that changed while it was read must not be known under what it held before.
        if key_of(path, entries) == key:
            keep(cache, key, _as_data(known))
    return known


def _read(path: Path, entries: Mapping[str, Entry], progress: Progress | None, contents: Mapping[str, bytes]) -> Known:
    seen = inventory(path, progress, contents=contents)
    return Known(seen.files, recognise(seen.facts, entries), seen.sightings, seen.problems, seen.ignores)


def key_of(path: Path, entries: Mapping[str, Entry]) -> str:
    """A hash of the files, of what is looked for in them, and of the program that looks."""
    digest = hashlib.sha256(_program().encode())
    digest.update(repr([(name, entry.recognise, entry.kind) for name, entry in entries.items()]).encode())
    tree = files_below(path)
    digest.update(repr(tree.problems).encode())
    for name in tree.files:
        digest.update(f"\n{name}\0".encode("utf-8", "surrogateescape"))
        digest.update(_hash(tree.root / name, is_read=reader_of(name) is not None))
    return digest.hexdigest()


def _hash(file: Path, *, is_read: bool) -> bytes:
    """Of what is read, the content; of other files, which may be large, only size and time."""
    try:
        if not is_read:
            found = file.stat()
            return f"{found.st_size} {found.st_mtime_ns}".encode()
        with open(file, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            return hashlib.sha256(stream.read(min(size, notebooks.MOST_BYTES) + 1)).digest()
    except OSError as error:
        return str(error.errno).encode()


@lru_cache(maxsize=1)
def _program() -> str:
    """Version and files of this program, and of the Python whose parser it uses."""
    root = Path(__file__).parents[1]
    stamps = []
    for file in sorted(root.rglob("*.py")):
        found = file.stat()
        stamps.append(f"{file.relative_to(root)} {found.st_size} {found.st_mtime_ns}")
    return "\n".join([str(_FORM), metadata.version("fatesline"), sys.version, *stamps])


def keep(cache: Path, key: str, data: Any) -> None:
    """Write a result down; where that cannot be done, the next check finds out again.

    Parameters
    ----------
    cache : Path
        Made where it does not exist.
    key : str
        A hash of everything that the result depends on.
    data : JSON
    """
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(cache / f"{key}.json", json.dumps(data, separators=(",", ":")))
        others = sorted(cache.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
        for one in others[:-_MOST_RESULTS]:
            one.unlink(missing_ok=True)
    except (OSError, UserError, UnicodeEncodeError):
        return


def recalled(cache: Path, key: str, made: Callable[[Any], T]) -> T | None:
    """A result that was written down, made into what it stands for; None where there is none, or it is not one."""
    file = cache / f"{key}.json"
    try:
        result = made(json.loads(file.read_bytes()))
        os.utime(file)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return result


def _as_data(known: Known) -> dict[str, Any]:
    return {
        "files": known.files,
        "evidence": [
            [
                one.feature,
                one.strength,
                [_place(place) for place in one.places],
                one.lacks and [one.lacks.en, one.lacks.fr],
            ]
            for one in known.evidence.values()
        ],
        "sightings": [
            [one.rule, _place(one.place), [_place(place) for place in one.related], dict(one.parameters)]
            for one in known.sightings
        ],
        "problems": [[one.kind, _place(one.place), one.detail] for one in known.problems],
        "ignores": [[_place(one.place), one.line, one.rules, one.reason] for one in known.ignores],
    }


def _from_data(data: Any) -> Known:
    evidence = {
        feature: Evidence(feature, strength, _places(places), Text(en=lacks[0], fr=lacks[1]) if lacks else None)
        for feature, strength, places, lacks in data["evidence"]
    }
    return Known(
        tuple(data["files"]),
        evidence,
        tuple(Sighting(rule, Place(*at), _places(related), more) for rule, at, related, more in data["sightings"]),
        tuple(Problem(kind, Place(*at), detail) for kind, at, detail in data["problems"]),
        tuple(Ignore(Place(*at), line, tuple(rules), reason) for at, line, rules, reason in data["ignores"]),
    )


def _place(place: Place) -> list[Any]:
    return [place.file, place.line, place.column, place.cell]


def _places(rows: Any) -> tuple[Place, ...]:
    return tuple(Place(*row) for row in rows)
