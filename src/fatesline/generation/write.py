"""Files -> disk; never over a file that the user has edited."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fatesline.errors import UserError
from fatesline.files import write_whole

MANIFEST = ".fates/manifest.json"


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing a project does to a folder, by path relative to it.

    Parameters
    ----------
    new, replaced, same, removed : tuple of str
        Files that appear, that change, that stay, and that are no longer part of the project.
    edited : tuple of str
        Files that would change but were edited, or not written by us: the reason to refuse.
    """

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]


def changes(files: Mapping[str, str], folder: Path) -> Changes:
    """Compare the files of a project with what stands in the folder.

    Parameters
    ----------
    files : mapping of str to str
        Text by path.
    folder : Path
        Need not exist.

    Raises
    ------
    UserError
        If the folder is a file, or its manifest cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError("this is a file; a project needs a folder", where=str(folder), way_on="Choose another with -o.")
    written = _manifest(folder)
    new, replaced, same, edited = [], [], [], []
    for path, text in files.items():
        found = _digest_of(folder / path)
        if found is None:
            new.append(path)
        elif found == _digest(text.encode()):
            same.append(path)
        elif found == written.get(path):
            replaced.append(path)
        else:
            edited.append(path)
    removed = []
    for path in sorted(written.keys() - files.keys()):
        found = _digest_of(folder / path)
        if found == written[path]:
            removed.append(path)
        elif found is not None:
            edited.append(path)
    return Changes(tuple(new), tuple(replaced), tuple(same), tuple(removed), tuple(edited))


def write(files: Mapping[str, str], folder: Path) -> Changes:
    """Write a project, or refuse and write nothing.

    Parameters
    ----------
    files : mapping of str to str
        Text by path.
    folder : Path
        Made where it does not exist.

    Raises
    ------
    UserError
        If a file that would change was edited since it was written, or was never written by us.
    """
    planned = changes(files, folder)
    if planned.edited:
        listed = "\n".join(f"    {path}" for path in planned.edited)
        raise UserError(
            f"{len(planned.edited)} file{'s' * (len(planned.edited) > 1)} here would be overwritten but hold edits "
            f"that are not ours:\n{listed}\n  nothing was written",
            where=str(folder),
            way_on="See them with --diff; then move your edits away, or choose another folder with -o.",
        )
    for path in (*planned.new, *planned.replaced):
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UserError(f"cannot be made: {fault.strerror}", where=str(target.parent)) from None
        write_whole(target, files[path])
    for path in planned.removed:
        (folder / path).unlink()
    manifest = {path: _digest(text.encode()) for path, text in files.items()}
    (folder / MANIFEST).parent.mkdir(parents=True, exist_ok=True)
    write_whole(folder / MANIFEST, json.dumps({"files": manifest}, indent=2, sort_keys=True) + "\n")
    return planned


def differences(files: Mapping[str, str], folder: Path) -> str:
    """What writing would change, as a unified diff; empty if nothing.

    Parameters
    ----------
    files : mapping of str to str
        Text by path.
    folder : Path
    """
    planned = changes(files, folder)
    pieces: list[str] = []
    for path in sorted((*planned.new, *planned.replaced, *planned.edited, *planned.removed)):
        target = folder / path
        before = target.read_text(encoding="utf-8", errors="replace") if target.exists() else ""
        pieces += difflib.unified_diff(
            before.splitlines(keepends=True),
            files.get(path, "").splitlines(keepends=True),
            f"a/{path}" if target.exists() else "/dev/null",
            f"b/{path}" if path in files else "/dev/null",
        )
    return "".join(pieces)


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UserError(
            "the record of written files cannot be read", where=str(path), way_on="Choose another folder with -o."
        ) from fault
    return {
        name: digest for name, digest in files.items() if ".." not in Path(name).parts and not Path(name).is_absolute()
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str | None:
    """None where there is no such file."""
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        return ""
