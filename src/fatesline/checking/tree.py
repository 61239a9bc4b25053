"""The files below a folder that belong to the project: no virtual environments, nothing hidden, nothing ignored."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fatesline.checking.ignored import IgnoreRule, is_ignored, rules_from
from fatesline.checking.readers.reading import Problem
from fatesline.errors import UserError
from fatesline.model.places import Place

#: Folders of tools, found by name; virtual environments are found by what lies in them.
_NOT_PROJECT = frozenset({"__pycache__", "__pypackages__", "node_modules", "site-packages", "dist-packages"})

#: Hidden folders that hold a project's own files.
_HIDDEN_AND_READ = frozenset({".github", ".gitlab"})

#: Files beyond this many are not read; a notice says so.
MOST_FILES = 200_000


@dataclass(frozen=True, slots=True)
class Tree:
    """Files found.

    Parameters
    ----------
    root : Path
        What paths are relative to.
    files : tuple of str
        Relative paths with forward slashes, sorted.
    problems : tuple of Problem
        Folders that could not be listed.
    """

    root: Path
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def files_below(path: Path) -> Tree:
    """The project's files below a folder, or the one file given.

    Parameters
    ----------
    path : Path
        A folder or a file; it is read even if its own name would leave it out.

    Returns
    -------
    Tree
        Links to folders are not followed, so that nothing outside is read and no loop closes; a link to a file counts
        where the file lies inside. Devices, sockets and pipes are left out.

    Raises
    ------
    UserError
        If there is no such file or folder.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such file or folder"
        raise UserError(f"cannot be checked: {reason.lower()}", where=str(path)) from None
    if not stat.S_ISDIR(mode):
        if not stat.S_ISREG(mode):
            raise UserError("cannot be checked: it is neither a file nor a folder", where=str(path))
        return Tree(path.parent, (path.name,), ())
    files: list[str] = []
    problems: list[Problem] = []
    real_root = os.path.realpath(path)
    for found in _walk(path, problems):
        files.append(found)
        if len(files) >= MOST_FILES:
            problems.append(Problem("size", Place(""), f"only the first {MOST_FILES} files are read"))
            break
    inside = [one for one in files if not (path / one).is_symlink() or _lies_inside(path / one, real_root)]
    return Tree(path, tuple(sorted(inside)), tuple(sorted(problems, key=lambda one: one.place)))


def _walk(root: Path, problems: list[Problem]) -> Iterator[str]:
    waiting: list[tuple[str, tuple[IgnoreRule, ...]]] = [("", ())]
    while waiting:
        folder, rules = waiting.pop()
        try:
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(Problem("unreadable", Place(folder), error.strerror or ""))
            continue
        names = {entry.name for entry in entries}
        if folder and "pyvenv.cfg" in names:
            continue
        if ".gitignore" in names:
            rules = (*rules, *_rules_in(root / folder / ".gitignore", folder))
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                is_file = not is_folder and entry.is_file()
            except OSError:
                continue
            if is_ignored(path, is_folder, rules):
                continue
            if is_folder:
                hidden = entry.name.startswith(".") and entry.name not in _HIDDEN_AND_READ
                if not hidden and entry.name not in _NOT_PROJECT and not entry.name.endswith(".egg-info"):
                    waiting.append((path, rules))
            elif is_file:
                yield path


def _rules_in(path: Path, folder: str) -> list[IgnoreRule]:
    try:
        if not path.is_file() or path.stat().st_size > 1_000_000:
            return []
        return rules_from(path.read_text(encoding="utf-8", errors="replace"), folder)
    except OSError:
        return []


def _lies_inside(path: Path, real_root: str) -> bool:
    return os.path.realpath(path).startswith(real_root.rstrip(os.sep) + os.sep)
