"""A project that was edited since it was written, and what it would be now -> both in one, no line lost."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fatesline.errors import UserError
from fatesline.files import write_together
from fatesline.generation.merge import is_marked, three_way
from fatesline.generation.write import record, written_before

#: The project's own record is the user's: it is read, never merged.
RECORD = "fates.yaml"

How = Literal["new", "replaced", "merged", "removed", "conflict", "restored", "kept"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one file.

    Parameters
    ----------
    path : str
        Relative to the project.
    how : str
        ``merged``: edited here and changed by us, in different places. ``conflict``: in the same place; both versions
        stand between markers. ``restored``: deleted here, but it has changed. ``kept``: edited here, but no longer part
        of the project.
    before, after : str or None
        Texts; None where there is no such file.
    """

    path: str
    how: How
    before: str | None
    after: str | None

    @property
    def needs_you(self) -> bool:
        """Whether somebody has to decide."""
        return self.how in ("conflict", "restored", "kept")


@dataclass(frozen=True, slots=True)
class Status:
    """How a project stands, by path relative to it.

    Parameters
    ----------
    edited, deleted : tuple of str
        By the user, since they were written.
    conflicts : tuple of str
        Files that still hold a marked conflict.
    outdated : tuple of str
        Files that would be written differently today.
    components : tuple of str
        Those of them that are copies from the catalog.
    decided_anew : bool
        True if ``fates.yaml`` is not what the project was generated from.
    """

    edited: tuple[str, ...]
    deleted: tuple[str, ...]
    conflicts: tuple[str, ...]
    outdated: tuple[str, ...]
    components: tuple[str, ...]
    decided_anew: bool

    @property
    def is_current(self) -> bool:
        """Whether nothing waits to be done."""
        return not (self.outdated or self.conflicts)


def status(files: Mapping[str, str], folder: Path) -> Status:
    """Compare a project with what was written and with what would be written now.

    Parameters
    ----------
    files : mapping of str to str
        What would be written now: text by path.
    folder : Path

    Raises
    ------
    UserError
        If the folder holds no project of ours.
    """
    base = written_before(folder)
    here = {path: _text(folder / path) for path in {*base, *files}}
    return Status(
        edited=_sorted(path for path in base if path != RECORD and here[path] not in (None, base[path])),
        deleted=_sorted(path for path in base if here[path] is None),
        conflicts=_sorted(path for path, text in here.items() if text is not None and is_marked(text)),
        outdated=_sorted(_outdated(base, files)),
        components=_sorted(path for path in _outdated(base, files) if Path(path).parent.name == "components"),
        decided_anew=base.get(RECORD) != here.get(RECORD),
    )


def merged(files: Mapping[str, str], folder: Path) -> tuple[Change, ...]:
    """What bringing a project up to date changes; nothing is written.

    Parameters
    ----------
    files : mapping of str to str
        What would be written now: text by path.
    folder : Path

    Returns
    -------
    tuple of Change
        In the order of the paths; files that stay as they are do not occur.

    Raises
    ------
    UserError
        If the folder holds no project of ours, a conflict of an earlier time is still marked, or git is missing.
    """
    open_conflicts = status(files, folder).conflicts
    if open_conflicts:
        listed = "\n".join(f"    {path}" for path in open_conflicts)
        raise UserError(
            f"conflicts are still marked here:\n{listed}\n  nothing was written",
            where=str(folder),
            way_on="Settle them: keep what should stand and delete the marker lines; then run again.",
        )
    base = written_before(folder)
    found = (
        _change(path, base.get(path), _text(folder / path), files.get(path))
        for path in sorted({*base, *files} - {RECORD})
    )
    return tuple(change for change in found if change is not None)


def apply(changes: tuple[Change, ...], files: Mapping[str, str], folder: Path) -> None:
    """Write what `merged` found, and record the files as the state from which the next update goes on.

    Parameters
    ----------
    changes : tuple of Change
    files : mapping of str to str
        The same as were merged.
    folder : Path
    """
    written: dict[Path, str | bytes] = {}
    for change in changes:
        if change.after is not None and change.after != change.before:
            (folder / change.path).parent.mkdir(parents=True, exist_ok=True)
            written[folder / change.path] = change.after
    write_together(written)
    for change in changes:
        if change.after is None:
            (folder / change.path).unlink()
    record(files, folder)


def as_diff(changes: tuple[Change, ...]) -> str:
    """The changes as a unified diff; empty if there are none."""
    pieces: list[str] = []
    for change in changes:
        pieces += difflib.unified_diff(
            (change.before or "").splitlines(keepends=True),
            (change.after or "").splitlines(keepends=True),
            "/dev/null" if change.before is None else f"a/{change.path}",
            "/dev/null" if change.after is None else f"b/{change.path}",
        )
    return "".join(pieces)


def _change(path: str, base: str | None, yours: str | None, ours: str | None) -> Change | None:
    if ours in (yours, base):
        return None
    if yours == base:
        return Change(path, "removed" if ours is None else "new" if yours is None else "replaced", yours, ours)
    if yours is None:
        return Change(path, "restored", None, ours)
    if ours is None:
        return Change(path, "kept", yours, yours)
    both = three_way(base or "", yours, ours)
    return Change(path, "conflict" if both.conflicts else "merged", yours, both.text)


def _outdated(base: Mapping[str, str], files: Mapping[str, str]) -> Iterator[str]:
    return (path for path in {*base, *files} - {RECORD} if base.get(path) != files.get(path))


def _text(path: Path) -> str | None:
    """None where there is no such file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        raise UserError("a folder stands where the project has a file", where=str(path)) from None
    except UnicodeDecodeError:
        raise UserError(
            "is not text in UTF-8, so it cannot be merged; nothing was written",
            where=str(path),
            way_on="Save it as UTF-8, or move it away; then run again.",
        ) from None


def _sorted(paths: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
