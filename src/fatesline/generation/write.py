"""Files -> disk; never over a file that the user has edited."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fatesline.errors import UserError
from fatesline.files import write_together

MANIFEST = ".fates/manifest.json"
#: The texts as they were written: from there a later update tells the user's edits from ours.
BASE = ".fates/written.json"


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
            way_on="See them with --diff. In a project of ours `fates update FOLDER` merges; else choose another one "
            "with -o.",
        )
    for path in (*planned.new, *planned.replaced):
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UserError(f"cannot be made: {fault.strerror}", where=str(target.parent)) from None
    write_together({folder / path: files[path] for path in (*planned.new, *planned.replaced)})
    for path in planned.removed:
        (folder / path).unlink()
    record(files, folder)
    return planned


def record(files: Mapping[str, str], folder: Path) -> None:
    """Note what was written, beside the project.

    Parameters
    ----------
    files : mapping of str to str
        Text by path.
    folder : Path
    """
    manifest = {path: _digest(text.encode()) for path, text in files.items()}
    (folder / MANIFEST).parent.mkdir(parents=True, exist_ok=True)
    write_together({folder / BASE: _noted(files), folder / MANIFEST: _noted(manifest)})


def _noted(files: Mapping[str, str]) -> str:
    return json.dumps({"files": files}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def written_before(folder: Path) -> dict[str, str]:
    """The files of a project as they were last written: text by path.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to str
        Where the texts were not kept, those of the files that nobody edited since.

    Raises
    ------
    UserError
        If no project of ours stands there, or its record cannot be read.
    """
    manifest = _manifest(folder)
    if not manifest:
        raise UserError(
            "is no project that fates generated", where=str(folder), way_on="Run `fates generate fates.yaml -o FOLDER`."
        )
    if (folder / BASE).exists():
        return _files(folder / BASE)
    return {
        path: (folder / path).read_text(encoding="utf-8")
        for path, digest in manifest.items()
        if _digest_of(folder / path) == digest
    }


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
    return _files(folder / MANIFEST) if (folder / MANIFEST).exists() else {}


def _files(path: Path) -> dict[str, str]:
    """What a record says of files inside the folder; a path that leads out of it is passed over."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {
            name: str(noted)
            for name, noted in files.items()
            if ".." not in Path(name).parts and not Path(name).is_absolute()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UserError(
            "the record of written files cannot be read", where=str(path), way_on="Choose another folder with -o."
        ) from fault


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
